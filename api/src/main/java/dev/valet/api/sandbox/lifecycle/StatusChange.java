package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.Instance;
import dev.valet.api.sandbox.lifecycle.SandboxStatus.Ec2Facts;
import dev.valet.common.sandbox.SandboxView.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A status under construction: what is not set stays as it was. Pure; not thread-safe. */
final class StatusChange {
  private final SandboxStatus before;
  private SandboxPhase phase;
  private @Nullable String reason;
  private @Nullable Ec2Facts instance;
  private @Nullable Blueprint applied;
  private @Nullable Instant absentSince;
  private @Nullable String bootId;
  private List<Condition> conditions;
  private List<Instant> repairs;
  private boolean adopted;
  private InstanceTags tags;
  private int retries;
  private long observedRestart;

  StatusChange(SandboxStatus before) {
    this.before = before;
    this.phase = before.phase();
    this.reason = before.reason();
    this.instance = before.instance();
    this.applied = before.applied();
    this.absentSince = before.absentSince();
    this.bootId = before.bootId();
    this.conditions = before.conditions();
    this.repairs = before.repairs();
    this.adopted = before.adopted();
    this.tags = before.tags();
    this.retries = before.retries();
    this.observedRestart = before.observedRestart();
  }

  /** Enters a phase; its reason replaces the old one. */
  StatusChange phase(SandboxPhase to, @Nullable String why) {
    phase = to;
    reason = why;
    return this;
  }

  StatusChange reason(@Nullable String why) {
    reason = why;
    return this;
  }

  /**
   * Takes over what EC2 said.
   *
   * @param seen null when a complete answer lacked a known instance
   */
  StatusChange seen(@Nullable Instance seen, Instant now) {
    if (seen != null) {
      instance = Ec2Facts.of(seen);
      absentSince = null;
    } else if (instance != null && absentSince == null) {
      absentSince = now;
    }
    return this;
  }

  /** Forgets an instance that is gone for good. */
  StatusChange noInstance() {
    instance = null;
    applied = null;
    absentSince = null;
    bootId = null;
    adopted = false;
    tags = InstanceTags.NONE;
    return this;
  }

  /** The instance is gone; what it was stays to be read. */
  StatusChange instanceGone() {
    instance = instance == null ? null : instance.terminated();
    absentSince = null;
    return this;
  }

  /** The instance is made from this now. */
  StatusChange applied(Blueprint blueprint) {
    applied = blueprint;
    return this;
  }

  StatusChange bootId(@Nullable String id) {
    bootId = id;
    return this;
  }

  StatusChange conditions(List<Condition> now) {
    conditions = now;
    return this;
  }

  StatusChange repairedAt(Instant at, List<Instant> recent) {
    List<Instant> all = new ArrayList<>(recent);
    all.add(at);
    repairs = List.copyOf(all);
    return this;
  }

  StatusChange tags(InstanceTags known) {
    tags = known;
    return this;
  }

  StatusChange retried() {
    retries++;
    return this;
  }

  StatusChange noRetries() {
    retries = 0;
    return this;
  }

  StatusChange observedRestart(long restart) {
    observedRestart = restart;
    return this;
  }

  SandboxStatus build() {
    return new SandboxStatus(
        before.sandboxId(),
        phase,
        reason,
        instance,
        applied,
        absentSince,
        bootId,
        conditions,
        repairs,
        adopted,
        tags,
        retries,
        before.observedGeneration(),
        observedRestart,
        before.observedVerdictVersion(),
        before.observedContactVersion(),
        before.version());
  }
}
