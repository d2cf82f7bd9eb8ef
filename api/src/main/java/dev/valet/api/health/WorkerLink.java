package dev.valet.api.health;

import dev.valet.common.health.AgentHealth.Hatchet;
import dev.valet.common.health.HatchetState;
import org.jspecify.annotations.Nullable;

/**
 * What others watch of an agent's connection to the task engine: a change is stored at once.
 *
 * @param state of the connection
 * @param workerId as whom the engine knows it; null until it is registered
 */
record WorkerLink(HatchetState state, @Nullable String workerId) {
  static @Nullable WorkerLink of(@Nullable Hatchet hatchet) {
    return hatchet == null ? null : new WorkerLink(hatchet.state(), hatchet.workerId());
  }
}
