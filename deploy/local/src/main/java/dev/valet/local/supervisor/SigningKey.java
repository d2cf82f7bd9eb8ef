package dev.valet.local.supervisor;

import dev.valet.local.host.PrivateFiles;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Makes the key pair that signs checkpoints of the audit log. */
final class SigningKey {
  private SigningKey() {}

  /** Writes both halves to one file and the public one, for whoever verifies, to another. */
  static void write(Path pair, Path open) {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      String publicKey = pem("PUBLIC KEY", keys.getPublic());
      PrivateFiles.write(open, publicKey);
      PrivateFiles.write(pair, pem("PRIVATE KEY", keys.getPrivate()) + publicKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java since 15 has Ed25519", e);
    }
  }

  private static String pem(String what, Key key) {
    String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, base64);
  }
}
