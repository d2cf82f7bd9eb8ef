package dev.valet.api.taskengine;

import dev.valet.common.health.HatchetState;
import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox that answers its probes, and what its agent says of its work for the engine.
 *
 * @param bootId of the agent process
 * @param state connected, connecting or degraded: agents in other states mean to take no tasks
 * @param workerId as whom the engine knows it; null until it is registered
 * @param room tasks that it could take besides those that run
 * @param lastTaskAt when it was given the last one; null if none yet
 */
record AgentSight(
    UUID sandboxId,
    UUID tenantId,
    Environment environment,
    String bootId,
    HatchetState state,
    @Nullable String workerId,
    int room,
    @Nullable Instant lastTaskAt) {}
