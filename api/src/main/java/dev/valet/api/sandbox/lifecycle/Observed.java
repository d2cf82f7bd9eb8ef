package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.Instance;
import dev.valet.common.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a plan rests on, read before it.
 *
 * @param status the row
 * @param instance what EC2 says now; null when there is none, or its answer lacked it
 * @param attempt the open launch attempt; null without one
 * @param verdict what health says
 * @param contact the agent's last authenticated contact; null before the first
 * @param upgrade what the instance lacks to be as it is wanted
 * @param repairAfter how long unhealthy until an automatic restart
 * @param repairBraked whether automatic repair is on hold for the fleet
 */
record Observed(
    SandboxStatus status,
    @Nullable Instance instance,
    @Nullable OpenAttempt attempt,
    Verdict verdict,
    @Nullable Contact contact,
    Upgrade upgrade,
    Duration repairAfter,
    boolean repairBraked) {

  /**
   * Verdict, since when, and its version.
   *
   * @param finding what else than the agent says is wrong with its work for the task engine
   * @param restartForIt whether only a restart is left to try
   */
  record Verdict(
      HealthStatus status,
      @Nullable Instant since,
      long version,
      @Nullable String finding,
      boolean restartForIt) {

    /** Nothing was found. */
    Verdict(HealthStatus status, @Nullable Instant since, long version) {
      this(status, since, version, null, false);
    }
  }

  /** The agent's last contact, and the instance that it runs on. */
  record Contact(String instanceId, String bootId, Instant at, long version) {}

  /**
   * An open launch attempt.
   *
   * @param sentAt when it was first sent; null proves that EC2 never saw it
   * @param lastSentAt when it was last sent
   * @param absentAt when, after that, a complete listing lacked its instance; null if none did
   * @param blueprint what its request is made from
   */
  record OpenAttempt(
      String id,
      @Nullable Instant sentAt,
      @Nullable Instant lastSentAt,
      @Nullable Instant absentAt,
      Blueprint blueprint) {}

  Observed with(SandboxStatus updated, @Nullable Instance seen) {
    return new Observed(
        updated, seen, attempt, verdict, contact, upgrade, repairAfter, repairBraked);
  }

  /** EC2's id of the instance; null before the launch. */
  @Nullable String instanceId() {
    return status.instance() == null ? null : status.instance().instanceId();
  }

  /** Whether the instance was adopted and no agent of it has ever made contact. */
  boolean unenrolled() {
    return status.adopted() && contact == null;
  }

  /** Whether a launch was recorded, whatever EC2 says of it now. */
  boolean launched() {
    return status.instance() != null;
  }
}
