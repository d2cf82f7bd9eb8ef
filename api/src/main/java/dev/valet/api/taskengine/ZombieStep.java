package dev.valet.api.taskengine;

import java.util.UUID;

/** What is done about one worker. */
sealed interface ZombieStep {

  /** Nothing but to remember how it looks. */
  record Remember(Suspicion suspicion) implements ZombieStep {}

  /**
   * It is believed, or more is to be done about it than before: people are told, and what its stage
   * says is done.
   *
   * @param what is wrong, for people
   */
  record Act(AgentSight agent, Suspicion suspicion, String what) implements ZombieStep {}

  /** It is no zombie, or its agent process is gone: all that was found is taken back. */
  record Forget(UUID sandboxId) implements ZombieStep {}
}
