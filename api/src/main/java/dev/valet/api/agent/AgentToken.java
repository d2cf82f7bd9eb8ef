package dev.valet.api.agent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret of 256 random bits and the hash under which it is stored. A plain SHA-256 is enough:
 * nobody can try 2^256 values, so there is nothing for a slow hash to slow down.
 */
final class AgentToken {
  private static final int BYTES = 32;

  private final String text;

  private AgentToken(String text) {
    this.text = text;
  }

  static AgentToken generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new AgentToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The secret itself, base64url, 43 characters. */
  String text() {
    return text;
  }

  byte[] hash() {
    return hash(text);
  }

  static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Compares in a time that tells nothing about where the two differ. */
  static boolean sameHash(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  @Override
  public String toString() {
    return "AgentToken[hidden]";
  }
}
