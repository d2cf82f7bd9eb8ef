package dev.valet.agent.task;

import dev.valet.common.health.AgentHealth.Hatchet;
import dev.valet.common.health.HatchetState;
import java.util.List;

/**
 * What the health answer tells about the work.
 *
 * @param engine connection to the task engine
 * @param active running attempts, stuck ones included
 * @param stuck attempts that were cancelled and do not end
 * @param refused see {@link TaskCatalogue}
 */
public record WorkFacts(Hatchet engine, int active, int stuck, List<String> refused) {
  /** Before anything is known. */
  public static final WorkFacts NONE =
      new WorkFacts(Hatchet.of(HatchetState.NOT_CONFIGURED, null), 0, 0, List.of());
}
