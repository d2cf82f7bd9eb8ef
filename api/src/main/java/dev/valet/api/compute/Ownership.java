package dev.valet.api.compute;

import dev.valet.api.platform.security.DerivedKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells our instances from others' by the one thing of an instance that nobody can change later:
 * the client token of its launch. It is the id of the launch attempt (a ULID, 26 characters) and
 * the first 32 hexadecimal digits of an HMAC of it with the installation's key: 58 of the 64
 * characters that EC2 allows. Whoever lacks the key cannot make an instance ours.
 */
@Singleton
public final class Ownership {
  private static final String HMAC = "HmacSHA256";
  private static final String KEY_LABEL = "ownership";
  private static final int ID_LENGTH = 26;
  private static final int MARK_BYTES = 16;
  private static final int TOKEN_LENGTH = ID_LENGTH + 2 * MARK_BYTES;
  private static final String ID = "[0-7][0-9A-HJKMNP-TV-Z]{25}";
  private static final Pattern ULID = Pattern.compile(ID);
  private static final Pattern SHAPE = Pattern.compile(ID + "[0-9a-f]{32}");

  private final SecretKeySpec key;

  /** Ownership under the installation's key. */
  public Ownership(DerivedKeys keys) {
    this.key = new SecretKeySpec(keys.derive(KEY_LABEL), HMAC);
  }

  /**
   * The client token for a launch attempt; the same for the same id, always.
   *
   * @throws IllegalArgumentException if the id is no ULID in upper case
   */
  public String clientToken(String attemptId) {
    if (!ULID.matcher(attemptId).matches()) {
      throw new IllegalArgumentException("not the id of a launch attempt: " + attemptId);
    }
    return attemptId + mark(attemptId);
  }

  /** The launch attempt that a token was made for; empty if it was not made by us. */
  public Optional<String> attemptOf(@Nullable String clientToken) {
    if (clientToken == null || clientToken.length() != TOKEN_LENGTH) {
      return Optional.empty();
    }
    String attemptId = clientToken.substring(0, ID_LENGTH);
    boolean ours =
        ULID.matcher(attemptId).matches()
            && MessageDigest.isEqual(
                ascii(mark(attemptId)), ascii(clientToken.substring(ID_LENGTH)));
    return ours ? Optional.of(attemptId) : Optional.empty();
  }

  /** Whether a token has the form of Valet's, of whichever installation. */
  public static boolean isOfSomeValet(@Nullable String clientToken) {
    return clientToken != null && SHAPE.matcher(clientToken).matches();
  }

  private String mark(String attemptId) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(ascii(attemptId)), 0, MARK_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + HMAC, e);
    }
  }

  /** Other characters become question marks, which no mark contains. */
  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
