package dev.valet.api.access.session;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides which request renews a session that is due: the one whose claim the database takes. The
 * others go on with the token while it is good, and wait for the renewed one once it has run out.
 */
@ApplicationScoped
class Renewal {
  private static final Logger LOG = Logger.getLogger(Renewal.class);

  /** After which another request may try: the one before has died. */
  private static final Duration CLAIM = Duration.ofSeconds(15);

  /** After which another request may try where the one before was refused. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static final long POLL_MILLIS = 100;
  private static final int POLLS = 100;

  private final SessionStore store;
  private final Transactions transactions;
  private final Contexts contexts;
  private final Vertx vertx;

  Renewal(SessionStore store, Transactions transactions, Contexts contexts, Vertx vertx) {
    this.store = store;
    this.transactions = transactions;
    this.contexts = contexts;
    this.vertx = vertx;
  }

  /**
   * What a request may do with a session.
   *
   * @param session as it stands
   * @param isOurs whether this request renews it
   */
  record Turn(Session session, boolean isOurs) {}

  /**
   * The turn of a request.
   *
   * @param session null if there is none, then there is no turn either
   */
  Uni<@Nullable Turn> turn(@Nullable Session session) {
    return turn(session, POLLS);
  }

  private Uni<@Nullable Turn> turn(@Nullable Session session, int polls) {
    if (session == null) {
      return Uni.createFrom().nullItem();
    }
    if (!session.isDue() || session.refreshToken() == null) {
      return Uni.createFrom().item(new Turn(session, false));
    }
    return contexts
        .here(() -> transactions.write(tx -> store.claim(tx, session, CLAIM)))
        .chain(
            ours -> ours ? Uni.createFrom().item(new Turn(session, true)) : other(session, polls));
  }

  /** Somebody else renews it. */
  private Uni<@Nullable Turn> other(Session session, int polls) {
    if (!session.isExpired()) {
      return Uni.createFrom().item(new Turn(session, false));
    }
    if (polls == 0) {
      return Uni.createFrom().failure(new IllegalStateException("The renewal takes too long"));
    }
    return pause().chain(() -> store.find(session.key())).chain(now -> turn(now, polls - 1));
  }

  /** On the request's own context, where its transaction must run. */
  private Uni<Void> pause() {
    return Uni.createFrom()
        .emitter(emitter -> vertx.setTimer(POLL_MILLIS, timer -> emitter.complete(null)));
  }

  /** This request's turn came to nothing: lets others try soon. */
  void failed(Session session) {
    contexts
        .fresh(() -> transactions.write(tx -> store.extend(tx, session, PAUSE)))
        .subscribe()
        .with(
            done -> {},
            failure -> LOG.debug("A claim to renew a session stays until it lapses", failure));
  }
}
