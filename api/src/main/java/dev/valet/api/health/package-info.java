/**
 * The health of sandboxes: probes, verdicts, freezing, history and samples. Writes tables
 * sandbox_health, health_verdict_change, health_sample, fleet_freeze, probe_shard and
 * probe_replica.
 *
 * <p>Knows nothing of sandboxes but what {@link dev.valet.api.health.ProbeTargets} and {@link
 * dev.valet.api.health.AgentFindings} are told.
 */
@NullMarked
package dev.valet.api.health;

import org.jspecify.annotations.NullMarked;
