package dev.valet.agent.trust;

import dev.valet.common.agent.RequestToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids of tokens that were used, kept until no clock in bounds can take the token for valid. When
 * there are too many it takes no more, rather than forget one.
 */
public final class SpentTokens {
  /** The most that are kept; the API sends a few a minute. */
  static final int MOST = 10_000;

  private final Map<UUID, Instant> keptUntil = new HashMap<>();

  /**
   * Marks the token as used.
   *
   * @return why it cannot be used; empty if this is its first use
   */
  public synchronized Optional<String> refusal(TokenVerdict.Valid token, Instant now) {
    if (keptUntil.containsKey(token.id())) {
      return Optional.of("it was used before");
    }
    if (keptUntil.size() >= MOST) {
      keptUntil.values().removeIf(until -> until.isBefore(now));
    }
    if (keptUntil.size() >= MOST) {
      return Optional.of("too many requests came in the last minutes");
    }
    keptUntil.put(token.id(), token.expiresAt().plus(RequestToken.SKEW));
    return Optional.empty();
  }
}
