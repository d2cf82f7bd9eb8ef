package dev.valet.api.sandbox.lifecycle;

import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.SandboxView.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a person should know besides the phase. Pure; a condition keeps the time it began. */
final class Conditions {
  private static final Duration REPAIR_WINDOW = Duration.ofHours(1);

  /** Why the health of an adopted instance is not known, and what can be done about it. */
  static final String NOT_ENROLLED =
      "The instance was launched outside Valet, and no agent of it is enrolled: its health is not"
          + " known and it takes no tasks. It can be started, stopped, restarted and terminated;"
          + " for more, create a sandbox from the template in its place";

  private Conditions() {}

  static List<Condition> of(
      Desired desired, Observed observed, LifecycleConfig config, Instant now) {
    List<Condition> conditions = new ArrayList<>();
    SandboxStatus status = observed.status();
    boolean running = status.phase() instanceof SandboxPhase.Running;
    Observed.Verdict verdict = observed.verdict();
    if (running && verdict.finding() != null) {
      add(conditions, status, "takes_no_tasks", verdict.finding(), now);
    }
    boolean wantsRepair = verdict.status() == HealthStatus.UNHEALTHY || verdict.restartForIt();
    if (running && wantsRepair && repairsExhausted(observed, config, now)) {
      add(
          conditions,
          status,
          "repair_exhausted",
          "Restarted automatically "
              + config.repairsPerHour()
              + " times within an hour and still not well; look at its console output",
          now);
    }
    if (status.absentSince() != null) {
      add(
          conditions,
          status,
          "instance_absent",
          "EC2's answers lack the instance; it counts as gone after "
              + config.absenceBelieved().toMinutes()
              + " minutes",
          now);
    }
    if (status.phase() instanceof SandboxPhase.Terminating
        && now.isAfter(status.phase().since().plus(config.terminateDeadline()))) {
      add(
          conditions,
          status,
          "terminate_overdue",
          "EC2 has not terminated the instance yet; Valet keeps asking",
          now);
    }
    if (desired.state() == DesiredState.TERMINATED
        && observed.attempt() != null
        && observed.attempt().sentAt() != null) {
      add(
          conditions,
          status,
          "launch_unresolved",
          "EC2 gave no final answer to RunInstances, so an instance may exist. Valet asks again,"
              + " then looks for it in EC2's listings "
              + config.launchVisible().toMinutes()
              + " minutes later; the sandbox ends with it, or when two of them lack it",
          now);
    }
    if (observed.unenrolled() && status.phase() instanceof SandboxPhase.Running) {
      add(conditions, status, "not_enrolled", NOT_ENROLLED, now);
    }
    String tagProblem = status.tags().problem();
    if (tagProblem != null && !desired.tagChange(status).isEmpty()) {
      add(
          conditions,
          status,
          "tags_not_applied",
          "The instance does not carry the sandbox's tags and name yet: " + tagProblem,
          now);
    }
    return List.copyOf(conditions);
  }

  static boolean repairsExhausted(Observed observed, LifecycleConfig config, Instant now) {
    return recentRepairs(observed.status(), now).size() >= config.repairsPerHour();
  }

  /** Times of the automatic restarts that still count. */
  static List<Instant> recentRepairs(SandboxStatus status, Instant now) {
    return status.repairs().stream().filter(at -> at.isAfter(now.minus(REPAIR_WINDOW))).toList();
  }

  private static void add(
      List<Condition> conditions, SandboxStatus status, String type, String message, Instant now) {
    Instant since =
        status.conditions().stream()
            .filter(condition -> condition.type().equals(type))
            .map(Condition::since)
            .findFirst()
            .orElse(now);
    conditions.add(new Condition(type, message, since));
  }
}
