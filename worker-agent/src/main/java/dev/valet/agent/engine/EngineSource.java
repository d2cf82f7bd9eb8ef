package dev.valet.agent.engine;

/** Gives browsers to tasks. */
@FunctionalInterface
public interface EngineSource {
  /**
   * A browser with a fresh profile; waits for a slot.
   *
   * @param name of the engine
   * @throws EngineFailure if there is none to be had
   */
  EngineLease lease(String name) throws EngineFailure, InterruptedException;
}
