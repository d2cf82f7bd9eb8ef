package dev.valet.agent.identity;

import org.jspecify.annotations.Nullable;

/**
 * What the metadata service says of this machine's future, as it says it.
 *
 * @param spot {@code spot/instance-action}; null while there is none
 * @param maintenance {@code events/maintenance/scheduled}; null if the service does not know it
 * @param rebalance {@code events/recommendations/rebalance}; null while there is none
 */
public record CloudNotices(
    @Nullable String spot, @Nullable String maintenance, @Nullable String rebalance) {}
