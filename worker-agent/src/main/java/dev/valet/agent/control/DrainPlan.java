package dev.valet.agent.control;

import dev.valet.common.health.AgentHealth.Drain;
import org.jspecify.annotations.Nullable;

/**
 * Who wants this agent to take no tasks; pure. What EC2 has announced wins over what the API asked
 * for: nobody can take it back.
 *
 * @param asked by the API; null if it did not
 * @param announced by EC2; null if it did not
 */
record DrainPlan(@Nullable Drain asked, @Nullable Drain announced) {
  static final DrainPlan NONE = new DrainPlan(null, null);

  DrainPlan asked(@Nullable Drain drain) {
    return new DrainPlan(drain, announced);
  }

  DrainPlan announced(@Nullable Drain drain) {
    return new DrainPlan(asked, drain);
  }

  /** Why no tasks are taken; null if they are. */
  @Nullable Drain effective() {
    return announced == null ? asked : announced;
  }
}
