package dev.valet.api.access.session;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tokens of browsers' sessions on the server; the cookie holds a random key. A token that
 * is due is renewed by one request of all replicas: the refresh token is handed to the request that
 * claimed the renewal, and to no other.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class SessionTokens implements TokenStateManager {
  /** Set by the framework once it has renewed the tokens of this request. */
  private static final String IS_RENEWAL = "refresh_token_grant_response";

  private static final String SESSION_LIFE = "session-max-age";
  private static final String COOKIE_KEEPS = "valet.session.keep";
  private static final int SECRET_BYTES = 32;

  private final SessionStore store;
  private final Renewal renewal;
  private final Transactions transactions;
  private final Contexts contexts;
  private final SecureRandom random = new SecureRandom();

  SessionTokens(SessionStore store, Renewal renewal, Transactions transactions, Contexts contexts) {
    this.store = store;
    this.renewal = renewal;
    this.transactions = transactions;
    this.contexts = contexts;
  }

  @Override
  public Uni<AuthorizationCodeTokens> getTokens(
      RoutingContext request,
      OidcTenantConfig config,
      String cookie,
      OidcRequestContext<AuthorizationCodeTokens> context) {
    return store
        .find(SessionKey.of(cookie))
        .chain(renewal::turn)
        .onFailure()
        .transform(failure -> unavailable(request, failure))
        .map(turn -> tokens(request, turn));
  }

  /** An outage must not log anybody out: the framework would take the cookie away. */
  private static Throwable unavailable(RoutingContext request, Throwable failure) {
    request.put(COOKIE_KEEPS, true);
    return new AuthenticationFailedException(
        new OIDCException("The session cannot be read at the moment", failure));
  }

  private AuthorizationCodeTokens tokens(RoutingContext request, Renewal.@Nullable Turn turn) {
    if (turn == null) {
      throw new AuthenticationFailedException("The session is over");
    }
    Session session = turn.session();
    request.put(BrowserSessions.CURRENT, session);
    if (turn.isOurs()) {
      request.addEndHandler(answered -> settle(request, session));
    }
    return new AuthorizationCodeTokens(
        session.idToken(), null, turn.isOurs() ? session.refreshToken() : null);
  }

  private void settle(RoutingContext request, Session session) {
    if (!isRenewal(request)) {
      renewal.failed(session);
    }
  }

  @Override
  public Uni<String> createTokenState(
      RoutingContext request,
      OidcTenantConfig config,
      AuthorizationCodeTokens tokens,
      OidcRequestContext<String> context) {
    SessionStore.Tokens fresh =
        TokenTimes.of(
            tokens,
            OidcUtils.decryptToken(tokens.getIdToken(), request, config),
            config.token().refreshTokenTimeSkew().orElse(Duration.ZERO),
            request.<Long>get(SESSION_LIFE));
    Session current = request.get(BrowserSessions.CURRENT);
    return isRenewal(request) && current != null ? renewed(request, current, fresh) : begun(fresh);
  }

  private Uni<String> begun(SessionStore.Tokens tokens) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return write(tx -> store.insert(tx, SessionKey.of(cookie), tokens)).replaceWith(cookie);
  }

  private Uni<String> renewed(RoutingContext request, Session session, SessionStore.Tokens tokens) {
    String cookie = SessionCookie.of(request);
    return write(tx -> store.renewed(tx, session.key(), tokens))
        .map(still -> {
          if (!still || cookie == null) {
            throw new AuthenticationFailedException("The session was ended meanwhile");
          }
          return cookie;
        });
  }

  @Override
  public Uni<Void> deleteTokens(
      RoutingContext request,
      OidcTenantConfig config,
      String cookie,
      OidcRequestContext<Void> context) {
    if (request.get(COOKIE_KEEPS) != null) {
      request.response().removeCookies(SessionCookie.NAME, false);
      return Uni.createFrom().voidItem();
    }
    return isRenewal(request) || cookie.isEmpty()
        ? Uni.createFrom().voidItem()
        : write(tx -> store.delete(tx, SessionKey.of(cookie)));
  }

  private <T> Uni<T> write(Function<Tx, Uni<T>> work) {
    return contexts.here(() -> transactions.write(work));
  }

  private static boolean isRenewal(RoutingContext request) {
    return Boolean.TRUE.equals(request.get(IS_RENEWAL));
  }
}
