package dev.valet.api.access.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which session: the hash of the secret in the cookie, so that whoever reads the table cannot make
 * a cookie of it.
 *
 * @param hex SHA-256 of the cookie's value
 */
public record SessionKey(String hex) {

  static SessionKey of(String cookie) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(cookie.getBytes(StandardCharsets.UTF_8));
      return new SessionKey(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
