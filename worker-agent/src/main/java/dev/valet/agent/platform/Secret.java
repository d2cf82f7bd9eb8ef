package dev.valet.agent.platform;

import java.util.regex.Pattern;

/**
 * A bearer secret that does not show itself: {@link #toString()} is safe for logs and messages.
 *
 * <p>Its characters are visible ASCII without spaces, so that it fits into an HTTP header as it is.
 */
public final class Secret {
  /** Longest secret that is accepted, in characters. */
  public static final int MAX_LENGTH = 4096;

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1," + MAX_LENGTH + "}");

  private final String value;

  /**
   * Wraps a secret.
   *
   * @throws IllegalArgumentException if it is not {@linkplain #isWellFormed well-formed}; the
   *     message does not quote it
   */
  public Secret(String value) {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "a secret is 1 to " + MAX_LENGTH + " visible ASCII characters without spaces");
    }
    this.value = value;
  }

  /** Whether the text can be a secret: 1 to {@value #MAX_LENGTH} visible ASCII characters. */
  public static boolean isWellFormed(String value) {
    return VISIBLE.matcher(value).matches();
  }

  /** The secret itself; only for the request or the file that carries it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
