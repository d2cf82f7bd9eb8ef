package dev.valet.api.access;

import dev.valet.api.access.session.SessionFailures;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out who sent a request, and says so in problems where that fails. */
public final class Identification {
  /** The token verifier takes other text for a fault of its own. */
  private static final Pattern SIGNED_TOKEN =
      Pattern.compile("(?i:bearer) +[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private static final Duration ISSUER_PATIENCE = Duration.ofSeconds(5);

  /** Longer than any answer of the provider: giving up would lose the tokens that it renews. */
  private static final Duration RENEWAL_PATIENCE = Duration.ofSeconds(20);

  private Identification() {}

  /**
   * The verified identity, which is not anonymous. The keys are known already, as a rule; if not,
   * the issuer is asked now, and may be away.
   *
   * @param authorization the request's header; null if it has none
   * @param verified what the authentication mechanisms find, lazily
   * @throws ProblemException unauthorized or unavailable; also as the failure of what is returned
   */
  public static Uni<SecurityIdentity> of(
      @Nullable String authorization, Uni<SecurityIdentity> verified) {
    if (authorization != null && !SIGNED_TOKEN.matcher(authorization).matches()) {
      throw unauthorized("Authorization must be \"Bearer\" and a signed token (JWS)");
    }
    return verified
        .ifNoItem()
        .after(authorization == null ? RENEWAL_PATIENCE : ISSUER_PATIENCE)
        .failWith(() -> unavailable())
        .onFailure()
        .transform(Identification::refusal)
        .invoke(Identification::requireSomebody);
  }

  private static void requireSomebody(SecurityIdentity identity) {
    if (identity.isAnonymous()) {
      throw unauthorized("Log in at /login, or send a bearer token of the configured issuer");
    }
  }

  /** An API call is never sent to the login page: its page goes there. */
  private static Throwable refusal(Throwable failure) {
    if (failure instanceof OIDCException
        || (failure.getCause() instanceof OIDCException && !SessionFailures.isOver(failure))) {
      return unavailable();
    }
    return failure instanceof AuthenticationException
        ? unauthorized("The token or session is expired or not valid")
        : failure;
  }

  private static ProblemException unavailable() {
    return SessionFailures.unavailable();
  }

  private static ProblemException unauthorized(String detail) {
    return ProblemException.of(ProblemType.UNAUTHORIZED, detail)
        .withHeader("WWW-Authenticate", "Bearer realm=\"valet\"");
  }
}
