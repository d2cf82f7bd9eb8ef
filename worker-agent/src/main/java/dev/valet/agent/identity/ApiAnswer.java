package dev.valet.agent.identity;

import dev.valet.agent.platform.Secret;
import dev.valet.common.agent.AgentConfig;
import java.time.Duration;

/** How the API answered an agent. Reasons are for people and hold no secret. */
sealed interface ApiAnswer {

  /** The API knows this agent. */
  record Accepted(AgentConfig config) implements ApiAnswer {}

  /**
   * The bootstrap token is spent and this is the credential for it.
   *
   * @param contact what else the API said: {@link Accepted}, or {@link Unavailable} if that part
   *     was unusable. The credential counts all the same, as there will be no second one.
   */
  record Enrolled(Secret credential, ApiAnswer contact) implements ApiAnswer {}

  /** The API understood and said no; asking again soon does not help. */
  record Refused(int status, String reason) implements ApiAnswer {
    /** Whether the credential itself was refused, so that a bootstrap token may help. */
    boolean unauthorized() {
      return status == 401 || status == 403;
    }

    /** Whether it is the bootstrap token that is wrong: unknown, used, expired. */
    boolean concernsToken() {
      return unauthorized() || status == 409 || status == 410;
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
