package dev.valet.agent.trust;

import java.time.Instant;
import java.util.UUID;

/** What a token is worth. */
public sealed interface TokenVerdict {

  /**
   * Signed by the API for exactly this request to exactly this process, and not expired. Whether it
   * comes a second time is another question, see {@link SpentTokens}.
   */
  record Valid(UUID id, Instant expiresAt) implements TokenVerdict {}

  /** Not to be followed; the reason is for people and quotes nothing of the token. */
  record Invalid(String reason) implements TokenVerdict {}
}
