package dev.valet.api.health;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of a probe made by hand. It changes neither counters nor verdict.
 *
 * @param sandboxId the sandbox
 * @param result healthy, degraded or failed; such as {@code healthy}
 * @param detail what is wrong; null if nothing is
 * @param tookMillis from the question to the answer
 * @param checkedAt when it was asked
 * @param agent what the agent said; null if it failed
 */
record ProbeNowView(
    UUID sandboxId,
    String result,
    @Nullable String detail,
    long tookMillis,
    Instant checkedAt,
    @Nullable AgentFacts agent) {}
