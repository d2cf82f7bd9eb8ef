package dev.valet.api.access.session;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The sessions of browsers, for whoever needs to know whether one still lasts. */
@ApplicationScoped
public class BrowserSessions {
  /** Where a request keeps the session that its cookie names. */
  static final String CURRENT = "valet.session";

  private final SessionStore store;
  private final Transactions transactions;
  private final Contexts contexts;

  BrowserSessions(SessionStore store, Transactions transactions, Contexts contexts) {
    this.store = store;
    this.transactions = transactions;
    this.contexts = contexts;
  }

  /**
   * A session that lasts.
   *
   * @param key which
   * @param endsAt when it is over unless it is renewed
   */
  public record Live(SessionKey key, Instant endsAt) {}

  /** The session behind an identity; null if that came with a bearer token. */
  public static @Nullable Live of(SecurityIdentity identity) {
    RoutingContext request = identity.getAttribute(RoutingContext.class.getName());
    Session session = request == null ? null : request.get(CURRENT);
    return session == null ? null : new Live(session.key(), session.endsAt());
  }

  /** When the session is over unless it is renewed; null if it is over. */
  public Uni<@Nullable Instant> endsAt(SessionKey key) {
    return store.find(key).map(session -> session == null ? null : session.endsAt());
  }

  /** Ends it on every replica; yields it as it was, null if it was over already. */
  Uni<@Nullable Session> end(SessionKey key) {
    return store
        .find(key)
        .call(session -> contexts.here(() -> transactions.write(tx -> store.delete(tx, key))));
  }
}
