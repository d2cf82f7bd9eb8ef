package dev.valet.api.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a creating request repeatable: the same {@code Idempotency-Key} of the same caller on the
 * same route within 24 hours gets the first answer again, and nothing is done twice.
 */
@ApplicationScoped
public class Idempotency {
  /** The request header. */
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final IdempotencyStore store;
  private final ObjectMapper json;

  Idempotency(IdempotencyStore store, ObjectMapper json) {
    this.store = store;
    this.json =
        json.copy()
            .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, true)
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
  }

  /**
   * What tells two bodies apart: their meaning, not their spelling.
   *
   * @param body the request as it was read from JSON; null for none
   */
  public byte[] hash(@Nullable Object body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(body));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("A body that was read can be written", e);
    }
  }

  /**
   * Refuses a key that cannot be one, for routes that look at other things before {@link #once}.
   *
   * @param key the header's value; null if there is none
   * @throws ProblemException 400 if the key is not 1 to 255 visible ASCII characters
   */
  public static void check(@Nullable String key) {
    if (key != null && !VISIBLE_ASCII.matcher(key).matches()) {
      throw ProblemException.field(HEADER, "must be 1 to 255 visible ASCII characters");
    }
  }

  /**
   * Does the work unless it was done before, in the transaction of the work itself: if that rolls
   * back, the key is free again. A twin at the same time waits for the first one.
   *
   * @param route name of the route, such as {@code POST /api/v1/sandboxes}
   * @param key the header's value; null if there is none, then the work is simply done
   * @param bodyHash of {@link #hash}
   * @param work yields the answer to keep
   * @throws ProblemException 400 if the key is not 1 to 255 visible ASCII characters, 422 if it was
   *     used for another body, 409 if the first request is still under way after five seconds
   */
  public Uni<StoredResponse> once(
      Tx tx,
      Caller caller,
      String route,
      @Nullable String key,
      byte[] bodyHash,
      Supplier<Uni<StoredResponse>> work) {
    check(key);
    if (key == null) {
      return work.get();
    }
    var used = new IdempotencyStore.Key(caller.principal(), route, key);
    return store
        .claim(tx, used, bodyHash)
        .onFailure(Idempotency::isLockTimeout)
        .transform(timeout -> underWay())
        .chain(first -> first ? work(tx, used, work) : again(tx, used, bodyHash));
  }

  private Uni<StoredResponse> work(
      Tx tx, IdempotencyStore.Key key, Supplier<Uni<StoredResponse>> work) {
    return work.get().call(response -> store.keep(tx, key, response));
  }

  private Uni<StoredResponse> again(Tx tx, IdempotencyStore.Key key, byte[] bodyHash) {
    return store
        .find(tx, key)
        .map(used -> {
          if (used == null) {
            throw underWay();
          }
          if (!Arrays.equals(used.bodyHash().getBytes(), bodyHash)) {
            throw ProblemException.of(
                ProblemType.IDEMPOTENCY_MISMATCH,
                "This " + HEADER + " was used for a request with another body; use a new one");
          }
          return used.response();
        });
  }

  private static boolean isLockTimeout(Throwable failure) {
    return failure instanceof PgException pg && LOCK_NOT_AVAILABLE.equals(pg.getSqlState());
  }

  private static ProblemException underWay() {
    return ProblemException.of(
            ProblemType.IDEMPOTENCY_IN_PROGRESS,
            "The first request with this " + HEADER + " is still under way; try again")
        .withHeader("Retry-After", "2");
  }
}
