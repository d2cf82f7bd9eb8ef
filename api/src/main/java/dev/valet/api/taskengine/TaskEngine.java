package dev.valet.api.taskengine;

import dev.valet.api.agent.TaskEngineAccess;
import io.smallrye.mutiny.Uni;

/** The task engine, as far as it is asked from outside. */
interface TaskEngine {
  /**
   * Queues and workers now. Fails with {@link EngineProblem} when the engine does not tell, at the
   * latest when its time is over.
   */
  Uni<EngineReport> report(TaskEngineAccess access);
}
