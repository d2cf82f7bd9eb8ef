package dev.valet.local.ec2.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session tokens of the metadata service. A token carries its own end and a proof that it is ours
 * and of this instance, so nothing has to be remembered and nobody can fill the memory with them.
 */
final class SessionTokens {

  private static final int END_BYTES = 8;
  private final byte[] key = new byte[32];
  private final Clock clock;

  SessionTokens(Clock clock) {
    this.clock = clock;
    new SecureRandom().nextBytes(key);
  }

  String issue(String instanceId, Duration life) {
    long end = clock.instant().plus(life).toEpochMilli();
    byte[] proof = proof(instanceId, end);
    byte[] token = ByteBuffer.allocate(END_BYTES + proof.length).putLong(end).put(proof).array();
    return Base64.getUrlEncoder().encodeToString(token);
  }

  boolean isValid(String instanceId, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (bytes.length <= END_BYTES) {
      return false;
    }
    long end = ByteBuffer.wrap(bytes).getLong();
    byte[] claimed = Arrays.copyOfRange(bytes, END_BYTES, bytes.length);
    return MessageDigest.isEqual(proof(instanceId, end), claimed)
        && clock.instant().isBefore(Instant.ofEpochMilli(end));
  }

  private byte[] proof(String instanceId, long end) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal((instanceId + " " + end).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
