package dev.valet.api.taskengine;

import dev.valet.api.agent.CommandOutcome;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.audit.AuditResult;
import dev.valet.api.health.AgentFindings;
import dev.valet.api.health.FleetFreeze;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.taskengine.Suspicion.Stage;
import dev.valet.api.taskengine.ZombiePlanner.Plan;
import dev.valet.api.taskengine.ZombiePlanner.Round;
import dev.valet.common.event.EventType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does what {@link ZombiePlanner} decides: remembers, tells, and repairs. What is believed becomes
 * a finding of the health feature, which the verdict and, at last, a restart follow from.
 */
@ApplicationScoped
class ZombieService {
  private static final Logger LOG = Logger.getLogger(ZombieService.class);
  private static final Actor ACTOR = Actor.system("task-engine");

  /** Facts that say nothing new are written every 30 s, and a probe comes every 10 s. */
  private static final Duration RECENT = Duration.ofSeconds(60);

  private final ZombieStore store;
  private final EngineFigureStore figures;
  private final ZombiePlanner planner;
  private final AgentFindings findings;
  private final FleetFreeze freeze;
  private final StreamRestart streams;
  private final AuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Wakeups wakeups;
  private final Clock clock;

  ZombieService(
      ZombieStore store,
      EngineFigureStore figures,
      TaskEngineConfig config,
      AgentFindings findings,
      FleetFreeze freeze,
      StreamRestart streams,
      AuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Wakeups wakeups,
      Clock clock) {
    this.store = store;
    this.figures = figures;
    this.planner = new ZombiePlanner(config);
    this.findings = findings;
    this.freeze = freeze;
    this.streams = streams;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.wakeups = wakeups;
    this.clock = clock;
  }

  /** Compares, decides, and writes all that follows; figures must have been written before. */
  Uni<Plan> judge(Tx tx, EngineReport report) {
    Instant now = clock.instant();
    return freeze
        .repairBraked(tx)
        .chain(braked ->
            figures
                .waiting(tx)
                .chain(waiting ->
                    store
                        .sights(tx, now.minus(RECENT))
                        .map(seen ->
                            new Round(
                                seen.agents(),
                                report.workers(),
                                waiting,
                                seen.known(),
                                braked,
                                now))))
        .map(planner::plan)
        .call(plan -> applyAll(tx, plan.steps()));
  }

  /** Sends the commands of a plan that is committed. */
  Uni<Void> carryOut(Plan plan) {
    List<ZombieStep.Act> acts =
        plan.steps().stream()
            .filter(ZombieStep.Act.class::isInstance)
            .map(ZombieStep.Act.class::cast)
            .toList();
    if (!acts.isEmpty()) {
      wakeups.wake(Wakeups.RECONCILER);
    }
    return Multi.createFrom()
        .iterable(acts)
        .filter(act -> act.suspicion().stage() == Stage.STREAM_RESTARTED)
        .onItem()
        .transformToUniAndConcatenate(this::restartStream)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Void> applyAll(Tx tx, List<ZombieStep> steps) {
    return Multi.createFrom()
        .iterable(steps)
        .onItem()
        .transformToUniAndConcatenate(step -> apply(tx, step))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Void> apply(Tx tx, ZombieStep step) {
    return switch (step) {
      case ZombieStep.Remember(Suspicion suspicion) -> store.write(tx, suspicion);
      case ZombieStep.Act act -> act(tx, act);
      case ZombieStep.Forget(var sandboxId) ->
          store.delete(tx, sandboxId).chain(() -> findings.clear(tx, sandboxId)).replaceWithVoid();
    };
  }

  private Uni<Void> act(Tx tx, ZombieStep.Act act) {
    AgentSight agent = act.agent();
    boolean restart = act.suspicion().stage() == Stage.RESTART_ASKED;
    return store
        .write(tx, act.suspicion())
        .chain(() -> findings.set(tx, agent.sandboxId(), agent.bootId(), act.what(), restart))
        .chain(changed -> changed ? tell(tx, act) : Uni.createFrom().voidItem());
  }

  private Uni<Void> tell(Tx tx, ZombieStep.Act act) {
    AgentSight agent = act.agent();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("finding", act.what());
    data.put("remedy", act.suspicion().stage().word());
    EventSubject subject =
        EventSubject.sandbox(agent.tenantId(), agent.environment(), agent.sandboxId());
    tx.afterCommit(() ->
        LOG.warnf(
            "Sandbox %s: %s (%s)", agent.sandboxId(), act.what(), act.suspicion().stage().word()));
    return outbox
        .add(tx, EventType.SANDBOX_CHANGED, subject, data)
        .chain(() -> audit.record(tx, found(act)));
  }

  private static AuditEntry found(ZombieStep.Act act) {
    return AuditEntry.of(ACTOR, "sandbox.zombie")
        .on("sandbox", act.agent().sandboxId())
        .in(act.agent().tenantId(), act.agent().environment())
        .change(
            Map.of(),
            Map.of(
                "kind", act.suspicion().kind().word(),
                "stage", act.suspicion().stage().word()))
        .ended(AuditResult.SUCCESS, act.what());
  }

  /** What becomes of the command is audited; whether it helps, the next rounds show. */
  private Uni<Void> restartStream(ZombieStep.Act act) {
    return streams
        .of(act.agent().sandboxId())
        .chain(outcome -> transactions.write(tx -> audit.record(tx, sent(act, outcome))));
  }

  private static AuditEntry sent(ZombieStep.Act act, CommandOutcome outcome) {
    return AuditEntry.of(ACTOR, "agent.restart-stream")
        .on("sandbox", act.agent().sandboxId())
        .in(act.agent().tenantId(), act.agent().environment())
        .ended(
            outcome instanceof CommandOutcome.Accepted ? AuditResult.SUCCESS : AuditResult.FAILED,
            trouble(outcome));
  }

  private static @Nullable String trouble(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Accepted accepted -> null;
      case CommandOutcome.Refused refused -> refused.reason();
      case CommandOutcome.Unreachable unreachable -> unreachable.reason();
    };
  }
}
