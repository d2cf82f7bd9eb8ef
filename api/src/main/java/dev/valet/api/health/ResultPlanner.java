package dev.valet.api.health;

import dev.valet.api.agent.AgentReport;
import dev.valet.api.agent.ProbeResult;
import dev.valet.api.health.ProbeResults.Result;
import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one result changes, and whether that is worth a write. Pure. */
final class ResultPlanner {
  /** Facts that say nothing new are written this often at most. */
  static final Duration REWRITE_AFTER = Duration.ofSeconds(30);

  private ResultPlanner() {}

  /**
   * A change to one sandbox.
   *
   * @param before what was known
   * @param after what is known with it
   * @param plan the verdict's part of it
   * @param result where it comes from
   * @param write whether the row is written
   */
  record Update(
      Probed before, Probed after, VerdictPlanner.Plan plan, Result result, boolean write) {
    /** Whether the connection to the task engine is in another state than before. */
    boolean changesLinkState() {
      return !Objects.equals(state(before.link()), state(after.link()));
    }

    private static @Nullable HatchetState state(@Nullable WorkerLink link) {
      return link == null ? null : link.state();
    }

    @Nullable AgentReport report() {
      return result.answer() instanceof ProbeResult.Answer answer ? answer.report() : null;
    }
  }

  static Update plan(Probed before, Result result, boolean frozen) {
    ProbeTarget target = before.target();
    ProbeOutcome outcome =
        ReportJudge.judge(result.answer(), target.declaredParts(), before.finding());
    VerdictPlanner.Rules rules =
        new VerdictPlanner.Rules(target.thresholds(), target.bootStartedAt(), frozen);
    VerdictPlanner.Plan plan = VerdictPlanner.plan(before.state(), outcome, rules, result.at());
    Probed unwritten = after(before, plan.next(), result, detail(outcome), before.writtenAt());
    boolean write = isWorthWriting(before, unwritten, result.at());
    Probed after =
        write ? after(before, plan.next(), result, detail(outcome), result.at()) : unwritten;
    return new Update(before, after, plan, result, write);
  }

  private static Probed after(
      Probed before,
      VerdictState state,
      Result result,
      @Nullable String detail,
      @Nullable Instant writtenAt) {
    AgentReport report =
        result.answer() instanceof ProbeResult.Answer answer ? answer.report() : null;
    return new Probed(
        before.target(),
        before.targetVersion(),
        before.claim(),
        state,
        report == null ? before.bootId() : report.bootId(),
        report == null ? before.agentVersion() : report.version(),
        report == null ? kept(before.link(), state) : WorkerLink.of(report.hatchet()),
        before.finding(),
        detail,
        writtenAt);
  }

  /** Of an agent that is gone for good nobody knows whether it is connected. */
  private static @Nullable WorkerLink kept(@Nullable WorkerLink known, VerdictState state) {
    return state.status() == HealthStatus.UNHEALTHY ? null : known;
  }

  private static boolean isWorthWriting(Probed before, Probed after, Instant now) {
    Instant writtenAt = before.writtenAt();
    return !before.state().equals(after.state())
        || !Objects.equals(before.bootId(), after.bootId())
        || !Objects.equals(before.link(), after.link())
        || !Objects.equals(before.detail(), after.detail())
        || writtenAt == null
        || !now.isBefore(writtenAt.plus(REWRITE_AFTER));
  }

  private static @Nullable String detail(ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.Failed failed -> failed.detail();
      case ProbeOutcome.Impaired impaired -> impaired.detail();
      case ProbeOutcome.Good good -> null;
    };
  }
}
