package dev.valet.api.health;

import dev.valet.api.platform.query.Page;
import dev.valet.common.health.HealthStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox's health as the API shows it.
 *
 * @param sandboxId the sandbox
 * @param status the verdict
 * @param since when it came to be
 * @param reason why, such as {@code 3 probes failed in a row}
 * @param conditions declared parts that do not work; empty unless degraded
 * @param probed whether it is probed now: only running sandboxes are
 * @param frozen whether verdicts are held back now, because too many sandboxes failed at once
 * @param consecutiveFailures failed probes in a row
 * @param consecutiveSuccesses answered probes in a row, counted up to the threshold
 * @param lastProbeAt when it was probed last; up to 40 s behind while nothing changes
 * @param detail what was wrong with the last probe
 * @param agent what the agent said last
 * @param history changes of the verdict, newest first
 */
record HealthView(
    UUID sandboxId,
    HealthStatus status,
    Instant since,
    String reason,
    List<String> conditions,
    boolean probed,
    boolean frozen,
    int consecutiveFailures,
    int consecutiveSuccesses,
    @Nullable Instant lastProbeAt,
    @Nullable String detail,
    @Nullable AgentFacts agent,
    Page<Change> history) {

  /**
   * A change of the verdict.
   *
   * @param at when
   * @param from the verdict before
   * @param to the verdict from then on
   * @param reason why, such as {@code 3 probes failed in a row}
   */
  record Change(Instant at, HealthStatus from, HealthStatus to, String reason) {}
}
