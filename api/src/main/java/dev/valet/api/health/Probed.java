package dev.valet.api.health;

import dev.valet.api.health.HeldShards.Claim;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A probed sandbox as this prober knows it: equal to its row, but for facts that need not be
 * written each time.
 *
 * @param target what to probe
 * @param targetVersion of the row; a result for another one is worthless
 * @param claim the shard's claim under which it was read
 * @param state verdict and counters
 * @param bootId of the agent process that answered last
 * @param agentVersion as the agent said last
 * @param link to the task engine, as the agent said last
 * @param finding what else than the agent itself says is wrong with it; null if nothing is
 * @param detail of the last probe
 * @param writtenAt when facts were last written; null if not by this prober
 */
record Probed(
    ProbeTarget target,
    long targetVersion,
    Claim claim,
    VerdictState state,
    @Nullable String bootId,
    @Nullable String agentVersion,
    @Nullable WorkerLink link,
    @Nullable String finding,
    @Nullable String detail,
    @Nullable Instant writtenAt) {}
