package dev.valet.agent.identity;

import dev.valet.agent.platform.Secret;
import dev.valet.common.agent.AgentConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the API answered an agent. Reasons are for people and hold no secret. */
sealed interface ApiAnswer {

  /**
   * The agent is welcome.
   *
   * @param credential the new credential after an enrolment; null after a contact
   */
  record Accepted(AgentConfig config, @Nullable Secret credential) implements ApiAnswer {}

  /** The API understood and said no; asking again soon does not help. */
  record Refused(int status, String reason) implements ApiAnswer {
    /** Whether the credential itself was refused, so that a bootstrap token may help. */
    boolean unauthorized() {
      return status == 401 || status == 403;
    }
  }

  /**
   * No usable answer: unreachable, overloaded, broken.
   *
   * @param retryAfter what the API asked for; zero if nothing
   */
  record Unavailable(String reason, Duration retryAfter) implements ApiAnswer {
    Unavailable(String reason) {
      this(reason, Duration.ZERO);
    }
  }
}
