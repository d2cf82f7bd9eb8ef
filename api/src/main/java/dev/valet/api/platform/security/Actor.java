package dev.valet.api.platform.security;

import org.jspecify.annotations.Nullable;

/**
 * Who caused a change, as the audit log names them.
 *
 * @param kind person or service, agent, or Valet itself
 * @param issuer token issuer; null for {@link Kind#SYSTEM}
 * @param subject the issuer's id of the caller, the sandbox id of an agent, or the name of a loop
 * @param name for people to read; not an identity
 * @param clientAddress address of the caller, proxies taken into account; null for the system
 * @param requestId id of the HTTP request; null for the system
 */
public record Actor(
    Kind kind,
    @Nullable String issuer,
    String subject,
    String name,
    @Nullable String clientAddress,
    @Nullable String requestId) {

  /** Kinds of actors. */
  public enum Kind {
    /** A person or service with a token of the issuer. */
    CALLER,
    /** A worker agent. */
    AGENT,
    /** A background loop of Valet. */
    SYSTEM
  }

  /** Valet itself, by the name of the loop or rule that acts. */
  public static Actor system(String loop) {
    return new Actor(Kind.SYSTEM, null, loop, "Valet " + loop, null, null);
  }
}
