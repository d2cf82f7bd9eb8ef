package dev.valet.api.taskengine;

import dev.valet.api.agent.TaskEngineAccess;
import dev.valet.api.agent.TaskEngineSettings;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Leases;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.taskengine.ZombiePlanner.Plan;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Asks the engine, one replica for all, and stores what it says; looks for zombies with every
 * answer. An engine that does not answer is asked ever less often, and nothing but this loop
 * notices.
 */
@ApplicationScoped
class TaskEngineWatch implements Loop {
  static final String NAME = "task-engine";
  private static final Logger LOG = Logger.getLogger(TaskEngineWatch.class);
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(3);

  private final TaskEngineSettings settings;
  private final TaskEngine engine;
  private final TaskEngineStore store;
  private final EngineFigureStore figures;
  private final ZombieService zombies;
  private final Leases leases;
  private final Transactions transactions;
  private final TaskEngineConfig config;
  private final Clock clock;

  TaskEngineWatch(
      TaskEngineSettings settings,
      TaskEngine engine,
      TaskEngineStore store,
      EngineFigureStore figures,
      ZombieService zombies,
      Leases leases,
      Transactions transactions,
      TaskEngineConfig config,
      Clock clock) {
    this.settings = settings;
    this.engine = engine;
    this.store = store;
    this.figures = figures;
    this.zombies = zombies;
    this.leases = leases;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
  }

  /** The engine's answer, and with what it was asked. */
  private record Answer(TaskEngineAccess access, EngineReport report) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration period() {
    return config.period();
  }

  @Override
  public Uni<Void> run() {
    return settings.isConfigured()
        ? leases.alone(NAME, LONGEST_ROUND, this::round)
        : transactions.write(store::unconfigured);
  }

  private Uni<Void> round() {
    return store
        .state()
        .chain(state -> state.isDue(clock.instant()) ? ask(state) : Uni.createFrom().voidItem());
  }

  private Uni<Void> ask(EngineState state) {
    return settings
        .access()
        .chain(access -> engine.report(access).map(report -> new Answer(access, report)))
        .chain(answer -> transactions.write(tx -> take(tx, answer, state)))
        .chain(zombies::carryOut)
        .onFailure(EngineProblem.class)
        .recoverWithUni(failure -> failed(state, String.valueOf(failure.getMessage()), true))
        .onFailure(IllegalArgumentException.class)
        .recoverWithUni(failure -> failed(state, String.valueOf(failure.getMessage()), false));
  }

  private Uni<Plan> take(Tx tx, Answer answer, EngineState state) {
    Instant now = clock.instant();
    EngineReport report = answer.report();
    return figures
        .write(tx, report, now, state.isUnbroken(now))
        .chain(() -> zombies.judge(tx, report))
        .call(plan ->
            store.answered(tx, now, answer.access().expiresAt(), report.totals(), plan.held()));
  }

  /** Without a token nobody is asked, so there is nothing to be gentle with. */
  private Uni<Void> failed(EngineState state, String problem, boolean asked) {
    if (asked && state.failures() == 0) {
      LOG.warnf("The task engine's figures are not known: %s", problem);
    }
    return transactions.write(tx -> store.failed(tx, clock.instant(), problem, asked));
  }
}
