package dev.valet.local.ec2.fleet;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids as EC2 makes them: a prefix and 17 hexadecimal digits. */
final class Ids {

  private final SecureRandom random = new SecureRandom();

  String next(String prefix) {
    byte[] bytes = new byte[9];
    random.nextBytes(bytes);
    return prefix + "-" + HexFormat.of().formatHex(bytes).substring(1);
  }
}
