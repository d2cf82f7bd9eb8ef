package dev.valet.common.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the fleet's verdicts are held back, and whether automatic repair waits for a person.
 *
 * @param frozen whether no healthy sandbox becomes unhealthy now, as the fault is probably not the
 *     sandboxes'
 * @param since start of the last freeze; null if there was none
 * @param until its end; ahead while {@code frozen}
 * @param reason why it froze, for people
 * @param failing sandboxes that failed when it froze
 * @param healthyBefore of so many that had been healthy
 * @param repairBraked whether automatic repair waits for a release; it does so since the freeze,
 *     however long that is over
 * @param releasedAt when it was last released; null while it waits, or if there was no freeze
 * @param releasedBy who did so
 */
public record FleetFreezeView(
    boolean frozen,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String reason,
    @Nullable Integer failing,
    @Nullable Integer healthyBefore,
    boolean repairBraked,
    @Nullable Instant releasedAt,
    @Nullable String releasedBy) {}
