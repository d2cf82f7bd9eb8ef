package dev.valet.local.host;

import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets for this machine alone. */
public final class Secrets {
  private Secrets() {}

  /** 192 random bits as 32 letters, digits, {@code -} and {@code _}. */
  public static String password() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random(24));
  }

  /**
   * Random bytes.
   *
   * @param length how many, 1 or more
   */
  public static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
