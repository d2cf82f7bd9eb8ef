package dev.valet.api.access.session;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import io.quarkus.oidc.OIDCException;

/** Tells a session that is over from a provider that is away. */
public final class SessionFailures {
  /** What a provider answers to a refresh token that it does not take any more (RFC 6749, 5.2). */
  private static final String REFUSED = "invalid_grant";

  private SessionFailures() {}

  /** Whether the provider refused to renew the session. */
  public static boolean isOver(Throwable failure) {
    return failure.getCause() instanceof OIDCException refusal
        && String.valueOf(refusal.getMessage()).contains(REFUSED);
  }

  /** 503 with Retry-After: nobody can say at the moment who is calling. */
  public static ProblemException unavailable() {
    return ProblemException.of(
            ProblemType.UNAVAILABLE,
            "The identity provider cannot be asked at the moment; try again")
        .withHeader("Retry-After", "2");
  }
}
