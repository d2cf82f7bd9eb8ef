package dev.valet.api.taskengine;

import dev.valet.api.agent.CommandOutcome;
import dev.valet.api.agent.TaskEngineSettings;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.health.AgentFindings;
import dev.valet.api.health.FleetFreeze;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.Leases;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** The real beans, and watches made of them that have a time of their own. */
@ApplicationScoped
class WatchBeans {
  private final Vertx vertx;
  private final TaskEngineSettings settings;
  private final TaskEngineStore store;
  private final EngineFigureStore figures;
  private final ZombieStore zombies;
  private final AgentFindings findings;
  private final FleetFreeze freeze;
  private final AuditLog audit;
  private final Outbox outbox;
  private final Leases leases;
  private final Transactions transactions;
  private final Wakeups wakeups;
  private final Contexts contexts;
  private final Reads reads;
  final List<UUID> restartedStreams = new CopyOnWriteArrayList<>();

  WatchBeans(
      Vertx vertx,
      TaskEngineSettings settings,
      TaskEngineStore store,
      EngineFigureStore figures,
      ZombieStore zombies,
      AgentFindings findings,
      FleetFreeze freeze,
      AuditLog audit,
      Outbox outbox,
      Leases leases,
      Transactions transactions,
      Wakeups wakeups,
      Contexts contexts,
      Reads reads) {
    this.vertx = vertx;
    this.settings = settings;
    this.store = store;
    this.figures = figures;
    this.zombies = zombies;
    this.findings = findings;
    this.freeze = freeze;
    this.audit = audit;
    this.outbox = outbox;
    this.leases = leases;
    this.transactions = transactions;
    this.wakeups = wakeups;
    this.contexts = contexts;
    this.reads = reads;
  }

  /** This object itself; fields are not reached through the container's proxy. */
  WatchBeans self() {
    return this;
  }

  /** A replica's watch; agents do as they are told. */
  TaskEngineWatch watch(Clock clock) {
    StreamRestart streams =
        sandbox -> {
          restartedStreams.add(sandbox);
          return Uni.createFrom().item(new CommandOutcome.Refused("it is busy"));
        };
    ZombieService service =
        new ZombieService(
            zombies,
            figures,
            Config.DEFAULT,
            findings,
            freeze,
            streams,
            audit,
            outbox,
            transactions,
            wakeups,
            clock);
    return new TaskEngineWatch(
        settings,
        new HatchetRest(vertx, Config.DEFAULT, clock),
        store,
        figures,
        service,
        leases,
        transactions,
        Config.DEFAULT,
        clock);
  }

  <T> T await(Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(20));
  }

  <T> T write(Function<Tx, Uni<T>> work) {
    return await(() -> transactions.write(work));
  }

  /** The first column of a query, as text. */
  List<String> texts(String sql, Object... parameters) {
    return await(() -> reads.list(sql, row -> String.valueOf(row.getValue(0)), parameters));
  }
}
