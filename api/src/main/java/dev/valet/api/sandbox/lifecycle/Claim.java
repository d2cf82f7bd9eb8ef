package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.Instance;
import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claimed sandbox: its lease, and everything that was read with it.
 *
 * @param leaseToken new with every claim; recording needs it
 * @param leaseEnds {@link System#nanoTime()} at which this replica stops acting on the claim
 * @param owner what the sandbox is, as the features below need it
 * @param desired what is wanted
 * @param stored the row as it was read; recording compares with it
 * @param observed what was found, without EC2's answer until it is asked
 */
record Claim(
    UUID leaseToken,
    long leaseEnds,
    Owner owner,
    Desired desired,
    SandboxStatus stored,
    Observed observed) {

  /** Facts of table sandbox that a launch and an event need. */
  record Owner(
      UUID sandboxId,
      UUID tenantId,
      Environment environment,
      String name,
      UUID templateId,
      int templateVersion,
      int capacity) {}

  UUID sandboxId() {
    return owner.sandboxId();
  }

  /** Whether there is time left to act. */
  boolean live() {
    return System.nanoTime() - leaseEnds < 0;
  }

  /** EC2's id of the instance; null when there is none to ask for. */
  @Nullable String instanceId() {
    return stored.instance() == null ? null : stored.instance().instanceId();
  }

  /**
   * The claim with EC2's answer.
   *
   * @param instance null when a complete answer lacked it
   */
  Claim seen(@Nullable Instance instance, Instant now) {
    SandboxStatus updated = new StatusChange(stored).seen(instance, now).build();
    return new Claim(
        leaseToken, leaseEnds, owner, desired, stored, observed.with(updated, instance));
  }
}
