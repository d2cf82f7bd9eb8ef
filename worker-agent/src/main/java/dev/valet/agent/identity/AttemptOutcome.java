package dev.valet.agent.identity;

import dev.valet.common.agent.AgentConfig;
import java.time.Duration;

/** How one attempt to reach the API's good will ended. Reasons hold no secret. */
sealed interface AttemptOutcome {

  /** The API knows this agent. */
  record Enrolled(AgentConfig config) implements AttemptOutcome {}

  /**
   * Something is not reachable or not ready.
   *
   * @param notBefore shortest wait that the API asked for
   */
  record TryAgain(String reason, Duration notBefore) implements AttemptOutcome {}

  /** The API says no; only somebody's action helps. */
  record Refused(String reason) implements AttemptOutcome {}
}
