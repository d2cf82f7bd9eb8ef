package dev.valet.api.platform.query;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.security.DerivedKeys;
import dev.valet.common.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads cursors: the position, and a signature over it and over the list that it belongs
 * to. So a cursor works with the very list, sort and filters that it came from, and nobody can make
 * one. It hides nothing: the sort value of a row that the client has seen is in it.
 */
@ApplicationScoped
public class Cursors {
  private static final int SIGNATURE = 16;
  private static final int ID = 16;

  /** Of a sort value; longer ones are not sorted by. */
  private static final int LONGEST_VALUE = 600;

  private final SecretKeySpec key;

  Cursors(DerivedKeys keys) {
    this.key = new SecretKeySpec(keys.derive("cursor"), "HmacSHA256");
  }

  /**
   * The cursor of a position.
   *
   * @throws IllegalArgumentException if the sort value is longer than 600 bytes
   */
  public String write(ListKey list, Position position) {
    byte[] value = position.value().getBytes(StandardCharsets.UTF_8);
    if (value.length > LONGEST_VALUE) {
      throw new IllegalArgumentException("A sort value may have 600 bytes, not " + value.length);
    }
    byte[] place =
        ByteBuffer.allocate(ID + value.length)
            .putLong(position.id().getMostSignificantBits())
            .putLong(position.id().getLeastSignificantBits())
            .put(value)
            .array();
    byte[] cursor =
        ByteBuffer.allocate(SIGNATURE + place.length)
            .put(signature(list, place))
            .put(place)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  /**
   * The position of a cursor; null for no cursor, which is the first page.
   *
   * @throws ProblemException 400 {@code bad-cursor} if it was altered or belongs to another list,
   *     sort or filters
   */
  public @Nullable Position read(ListKey list, @Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    byte[] bytes = decoded(cursor);
    if (bytes.length < SIGNATURE + ID) {
      throw refused();
    }
    byte[] place = Arrays.copyOfRange(bytes, SIGNATURE, bytes.length);
    if (!MessageDigest.isEqual(Arrays.copyOf(bytes, SIGNATURE), signature(list, place))) {
      throw refused();
    }
    ByteBuffer buffer = ByteBuffer.wrap(place);
    UUID id = new UUID(buffer.getLong(), buffer.getLong());
    return new Position(StandardCharsets.UTF_8.decode(buffer).toString(), id);
  }

  private static byte[] decoded(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  private static ProblemException refused() {
    return ProblemException.of(
        ProblemType.BAD_CURSOR,
        "This cursor does not belong to this list with this sort and these filters;"
            + " start again without a cursor");
  }

  private byte[] signature(ListKey list, byte[] place) {
    String bound = list.list() + "\n" + list.sort() + "\n" + list.descending();
    byte[] filters = hmac(key, bound + "\n" + list.filters());
    byte[] signed =
        ByteBuffer.allocate(filters.length + place.length).put(filters).put(place).array();
    return Arrays.copyOf(hmac(key, signed), SIGNATURE);
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    return hmac(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(SecretKeySpec key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
