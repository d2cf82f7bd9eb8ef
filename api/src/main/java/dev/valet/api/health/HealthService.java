package dev.valet.api.health;

import dev.valet.api.access.Caller;
import dev.valet.api.agent.AgentClient;
import dev.valet.api.agent.ProbeResult;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.health.HealthViewStore.Current;
import dev.valet.api.health.HealthViewStore.Numbered;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.access.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows health to people, and probes when they ask. */
@ApplicationScoped
class HealthService {
  private final HealthViewStore store;
  private final AgentClient agents;
  private final Cursors cursors;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Clock clock;

  HealthService(
      HealthViewStore store,
      AgentClient agents,
      Cursors cursors,
      AuditLog audit,
      Transactions transactions,
      Clock clock) {
    this.store = store;
    this.agents = agents;
    this.cursors = cursors;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Health and a page of its history. */
  Uni<HealthView> show(Caller caller, UUID sandboxId, int limit, @Nullable String cursor) {
    ListKey list = ListKey.of("sandbox-health", "id", true, Map.of("sandbox", sandboxId));
    Position after = cursors.read(list, cursor);
    long before = after == null ? Long.MAX_VALUE : Long.parseLong(after.value());
    return visible(caller, sandboxId)
        .chain(current ->
            store
                .history(sandboxId, before, limit + 1)
                .map(changes ->
                    Page.of(
                        changes,
                        limit,
                        last ->
                            cursors.write(
                                list, new Position(String.valueOf(last.id()), sandboxId))))
                .map(page -> view(current, page.map(Numbered::change))));
  }

  /** Probes now; the sandbox's counters and verdict stay as they are. */
  Uni<ProbeNowView> probe(Caller caller, UUID sandboxId) {
    Instant now = clock.instant();
    return visible(caller, sandboxId)
        .invoke(current ->
            caller.require(Permission.OPERATE, current.tenantId(), current.environment()))
        .chain(current ->
            probe(current, now)
                .call(view ->
                    transactions.write(tx -> audit.record(tx, entry(caller, current, view)))));
  }

  private Uni<ProbeNowView> probe(Current current, Instant now) {
    ProbeTarget target = current.target();
    if (target == null) {
      throw ProblemException.conflict(
          "The sandbox is not probed: " + current.state().reason() + ". Start it first");
    }
    return agents
        .health(target.sandboxId(), target.address(), target.port())
        .map(answer -> view(current, target, answer, now));
  }

  private Uni<Current> visible(Caller caller, UUID sandboxId) {
    return store
        .current(sandboxId)
        .map(current -> {
          if (current == null
              || !caller.may(Permission.READ, current.tenantId(), current.environment())) {
            throw ProblemException.notFound("sandbox " + sandboxId);
          }
          return current;
        });
  }

  private static HealthView view(Current current, Page<HealthView.Change> history) {
    VerdictState state = current.state();
    return new HealthView(
        current.sandboxId(),
        state.status(),
        state.since(),
        state.reason(),
        state.conditions(),
        current.target() != null,
        current.frozen(),
        state.failures(),
        state.successes(),
        current.lastProbeAt(),
        current.detail(),
        current.agent(),
        history);
  }

  private static ProbeNowView view(
      Current current, ProbeTarget target, ProbeResult answer, Instant now) {
    AgentFacts facts =
        answer instanceof ProbeResult.Answer good
            ? AgentFacts.of(ReportFacts.of(good.report()))
            : null;
    ProbeOutcome outcome = ReportJudge.judge(answer, target.declaredParts(), current.finding());
    return switch (outcome) {
      case ProbeOutcome.Failed(String detail) -> view(target, "failed", detail, answer, now, facts);
      case ProbeOutcome.Impaired(List<String> parts, String detail) ->
          view(target, "degraded", detail, answer, now, facts);
      case ProbeOutcome.Good good -> view(target, "healthy", null, answer, now, facts);
    };
  }

  private static ProbeNowView view(
      ProbeTarget target,
      String result,
      @Nullable String detail,
      ProbeResult answer,
      Instant now,
      @Nullable AgentFacts facts) {
    return new ProbeNowView(
        target.sandboxId(), result, detail, answer.took().toMillis(), now, facts);
  }

  private static AuditEntry entry(Caller caller, Current current, ProbeNowView view) {
    return AuditEntry.of(caller.actor(), "sandbox.health-check")
        .on("sandbox", current.sandboxId())
        .in(current.tenantId(), current.environment())
        .change(Map.of(), Map.of("result", view.result()));
  }
}
