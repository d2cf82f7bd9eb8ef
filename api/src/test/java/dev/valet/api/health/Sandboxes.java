package dev.valet.api.health;

import dev.valet.api.agent.AgentReport;
import dev.valet.api.agent.ProbeResult;
import dev.valet.api.health.HeldShards.Claim;
import dev.valet.api.health.ProbeResults.Result;
import dev.valet.common.health.AgentHealth.Hatchet;
import dev.valet.common.health.AgentStatus;
import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Sandboxes and probes for tests. */
final class Sandboxes {
  static final Instant BOOT = Instant.parse("2025-12-31T23:00:00Z");
  static final UUID TENANT = UUID.fromString("00000000-0000-7000-8000-000000000001");

  private Sandboxes() {}

  /** An id in this shard. */
  static UUID id(int number, int shard) {
    return new UUID(0x0197_0000_0000_7000L, 0x8000_0000_0000_0000L | ((long) number << 8) | shard);
  }

  /** An id like no other, in this shard. */
  static UUID randomId(int shard) {
    UUID random = UUID.randomUUID();
    return new UUID(
        random.getMostSignificantBits(), (random.getLeastSignificantBits() & ~0xFFL) | shard);
  }

  static ProbeTarget target(UUID sandboxId) {
    return new ProbeTarget(
        sandboxId,
        TENANT,
        Environment.DEV,
        "127.0.0.1",
        8000,
        BOOT,
        Thresholds.DEFAULT,
        Set.of("chromium"),
        "i-0123456789abcdef0",
        "a",
        "template/1");
  }

  static Probed healthy(UUID sandboxId, long token) {
    VerdictState state =
        VerdictState.unknown(BOOT, "booting")
            .become(HealthStatus.HEALTHY, BOOT.plusSeconds(60), "2 probes succeeded", List.of());
    return new Probed(
        target(sandboxId),
        1,
        new Claim(Shards.of(sandboxId), token),
        state,
        "boot-1",
        "1.0",
        null,
        null,
        null,
        null);
  }

  static Result result(Probed probed, ProbeResult answer, Instant at) {
    return new Result(
        probed.target().sandboxId(), probed.targetVersion(), probed.claim(), answer, at);
  }

  static ProbeResult good() {
    return answer(AgentStatus.HEALTHY, 0.5, List.of());
  }

  static ProbeResult connection(String state, String workerId) {
    Hatchet hatchet =
        new Hatchet(
            HatchetState.fromWire(state), null, "v0.104.7", workerId, 5L, 2L, null, 0, 0, 0);
    return answer(AgentStatus.HEALTHY, 0.5, hatchet, List.of());
  }

  static ProbeResult answer(AgentStatus status, double cpu, List<AgentReport.Part> parts) {
    return answer(status, cpu, null, parts);
  }

  private static ProbeResult answer(
      AgentStatus status, double cpu, Hatchet hatchet, List<AgentReport.Part> parts) {
    AgentReport report =
        new AgentReport(
            status,
            "1.0",
            "boot-1",
            60L,
            cpu,
            new AgentReport.Usage(1, 4),
            null,
            new AgentReport.Tasks(1, 2),
            hatchet,
            parts);
    return new ProbeResult.Answer(report, Duration.ofMillis(5));
  }

  static ProbeResult failure() {
    return new ProbeResult.Failure(
        ProbeResult.FailureKind.UNREACHABLE, "refused", Duration.ofMillis(5));
  }
}
