package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.Instance;
import dev.valet.api.sandbox.lifecycle.Observed.Contact;
import dev.valet.api.sandbox.lifecycle.Observed.OpenAttempt;
import dev.valet.api.sandbox.lifecycle.Observed.Verdict;
import dev.valet.api.sandbox.lifecycle.SandboxStatus.Ec2Facts;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.Environment;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A sandbox as the planner sees it, under construction. */
final class PlannerFixture {
  static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
  static final LifecycleConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withConverter(Duration.class, 300, new DurationConverter())
          .withMapping(LifecycleConfig.class)
          .build()
          .getConfigMapping(LifecycleConfig.class);
  static final String INSTANCE = "i-0123456789abcdef0";

  SandboxPhase phase;
  DesiredState desired = DesiredState.RUNNING;
  long generation = 1;
  boolean forced;
  long restart;
  long observedRestart;
  Blueprint blueprint = new Blueprint(1, "hash");
  Upgrade upgrade = Upgrade.NOTHING;
  boolean launched;
  @Nullable Ec2Status ec2;
  @Nullable Instant absentSince;
  @Nullable OpenAttempt attempt;
  HealthStatus health = HealthStatus.UNKNOWN;
  @Nullable Instant healthSince;
  @Nullable String finding;
  boolean restartForIt;
  @Nullable Contact contact;
  @Nullable String bootId;
  List<Instant> repairs = new ArrayList<>();
  boolean braked;
  boolean adopted;
  int retries;
  Map<String, String> tags = Map.of("Name", "a");
  InstanceTags knownTags = new InstanceTags(Map.of("Name", "a"), null);

  PlannerFixture(SandboxPhase phase) {
    this.phase = phase;
  }

  PlannerFixture wants(DesiredState state) {
    desired = state;
    return this;
  }

  PlannerFixture ec2(Ec2Status status) {
    launched = true;
    ec2 = status;
    return this;
  }

  PlannerFixture absentFor(Duration time) {
    launched = true;
    ec2 = null;
    absentSince = NOW.minus(time);
    return this;
  }

  PlannerFixture attempt(@Nullable Instant sentAt) {
    return attempt(sentAt, sentAt, null);
  }

  PlannerFixture attempt(
      @Nullable Instant sentAt, @Nullable Instant lastSentAt, @Nullable Instant absentAt) {
    attempt =
        new OpenAttempt(
            "01ARZ3NDEKTSV4RRFFQ69G5FAV", sentAt, lastSentAt, absentAt, new Blueprint(1, "hash"));
    return this;
  }

  PlannerFixture retried(int times) {
    retries = times;
    return this;
  }

  PlannerFixture tags(Map<String, String> wanted, InstanceTags known) {
    tags = wanted;
    knownTags = known;
    return this;
  }

  PlannerFixture contact(String boot, Instant at) {
    contact = new Contact(INSTANCE, boot, at, 1);
    return this;
  }

  PlannerFixture forced() {
    forced = true;
    return this;
  }

  PlannerFixture needs(Upgrade.Step step) {
    upgrade = new Upgrade(step, "Version 1 -> 2");
    return this;
  }

  PlannerFixture unhealthyFor(Duration time) {
    health = HealthStatus.UNHEALTHY;
    healthSince = NOW.minus(time);
    return this;
  }

  PlannerFixture found(String what, boolean restart) {
    health = HealthStatus.DEGRADED;
    finding = what;
    restartForIt = restart;
    return this;
  }

  SandboxAction plan() {
    return new SandboxPlanner(CONFIG).plan(desired(), observed(), NOW);
  }

  /** The sandbox as a replica holds it. */
  Claim claim() {
    Observed observed = observed();
    return new Claim(
        new UUID(0, 2),
        Long.MAX_VALUE,
        new Claim.Owner(new UUID(0, 1), new UUID(0, 3), Environment.DEV, "a", new UUID(0, 4), 1, 1),
        desired(),
        observed.status(),
        observed);
  }

  Desired desired() {
    return new Desired(
        desired, generation, forced, restart, 1, tags, Map.of("valet:sandbox", "x"), blueprint);
  }

  Observed observed() {
    Ec2Facts facts =
        launched
            ? new Ec2Facts(
                INSTANCE,
                ec2 == null ? Ec2Status.RUNNING : ec2,
                "t3.large",
                "us-east-1a",
                "127.0.1.2",
                null,
                NOW)
            : null;
    SandboxStatus status =
        new SandboxStatus(
            new UUID(0, 1),
            phase,
            null,
            facts,
            launched ? new Blueprint(1, "hash") : null,
            absentSince,
            bootId,
            List.of(),
            repairs,
            adopted,
            knownTags,
            retries,
            generation,
            observedRestart,
            0,
            0,
            1);
    Instance instance =
        ec2 == null
            ? null
            : new Instance(
                INSTANCE,
                ec2,
                "t3.large",
                "us-east-1a",
                "127.0.1.2",
                null,
                NOW,
                null,
                Map.of(),
                List.of("vol-0123456789abcdef0"),
                null);
    return new Observed(
        status,
        instance,
        attempt,
        new Verdict(health, healthSince, 0, finding, restartForIt),
        contact,
        upgrade,
        Duration.ofSeconds(60),
        braked);
  }
}
