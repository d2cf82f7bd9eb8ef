package dev.valet.api.access.session;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SQL of browsers' sessions. Times are the database's, so that replicas agree. */
@ApplicationScoped
class SessionStore {

  /**
   * The verifier looks at the token a little later, by another clock: what is about to run out is
   * taken as run out, or a request of just that moment would end the session.
   */
  private static final String FIND =
      """
      SELECT key, id_token, refresh_token, version, ends_at,
        renew_at <= now() AS due, expires_at <= now() + interval '5 s' AS expired
      FROM browser_session WHERE key = $1 AND ends_at > now()
      """;

  private static final String INSERT =
      """
      INSERT INTO browser_session (key, id_token, refresh_token, renew_at, expires_at, ends_at)
      VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
      """;
  private static final String RENEWED =
      """
      UPDATE browser_session SET id_token = $2, refresh_token = $3, renew_at = $4, expires_at = $5,
        ends_at = now() + make_interval(secs => $6), version = version + 1,
        renewing_until = '-infinity'
      WHERE key = $1
      """;
  private static final String EXTEND =
      """
      UPDATE browser_session SET renewing_until = now() + make_interval(secs => $3)
      WHERE key = $1 AND version = $2
      """;
  private static final String CLAIM = EXTEND + "AND renewing_until < now()";
  private static final String PURGE =
      """
      DELETE FROM browser_session WHERE key IN
        (SELECT key FROM browser_session WHERE ends_at < now() LIMIT $1)
      """;

  private final Reads reads;

  SessionStore(Reads reads) {
    this.reads = reads;
  }

  /**
   * What a renewal or login brought.
   *
   * @param idToken encrypted
   * @param refreshToken encrypted
   * @param renewAt when the token should be renewed
   * @param expiresAt when the token runs out
   * @param life how long the session lasts from now unless it is renewed
   */
  record Tokens(
      String idToken,
      @Nullable String refreshToken,
      Instant renewAt,
      Instant expiresAt,
      Duration life) {}

  /** Null if there is none or it is over. */
  Uni<@Nullable Session> find(SessionKey key) {
    return reads.first(FIND, SessionStore::session, buffer(key));
  }

  Uni<Void> insert(Tx tx, SessionKey key, Tokens tokens) {
    return write(tx, INSERT, key, tokens).replaceWithVoid();
  }

  /** False if it was ended meanwhile. */
  Uni<Boolean> renewed(Tx tx, SessionKey key, Tokens tokens) {
    return write(tx, RENEWED, key, tokens).map(rows -> rows == 1);
  }

  /** Whether the right to renew this version is now ours, for so long. */
  Uni<Boolean> claim(Tx tx, Session session, Duration life) {
    return tx.update(CLAIM, buffer(session.key()), session.version(), seconds(life))
        .map(rows -> rows == 1);
  }

  /** A claim of ours ends so long from now, unless the session was renewed meanwhile. */
  Uni<Void> extend(Tx tx, Session session, Duration life) {
    return tx.update(EXTEND, buffer(session.key()), session.version(), seconds(life))
        .replaceWithVoid();
  }

  Uni<Void> delete(Tx tx, SessionKey key) {
    return tx.update("DELETE FROM browser_session WHERE key = $1", buffer(key)).replaceWithVoid();
  }

  /** Removes some that are over; yields how many. */
  Uni<Integer> purge(Tx tx, int most) {
    return tx.update(PURGE, most);
  }

  private static Uni<Integer> write(Tx tx, String sql, SessionKey key, Tokens tokens) {
    return tx.update(
        sql,
        buffer(key),
        tokens.idToken(),
        tokens.refreshToken(),
        Rows.parameter(tokens.renewAt()),
        Rows.parameter(tokens.expiresAt()),
        seconds(tokens.life()));
  }

  private static Buffer buffer(SessionKey key) {
    return Buffer.buffer(key.bytes());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }

  private static Session session(Row row) {
    return new Session(
        new SessionKey(HexFormat.of().formatHex(row.getBuffer("key").getBytes())),
        requireNonNull(row.getString("id_token")),
        row.getString("refresh_token"),
        row.getLong("version"),
        row.getBoolean("due"),
        row.getBoolean("expired"),
        Rows.requiredInstant(row, "ends_at"));
  }
}
