package dev.valet.api.audit;

import dev.valet.api.platform.config.FileAccess;
import dev.valet.common.audit.CheckpointKeys;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the key file of checkpoints, PEM: one Ed25519 {@code PRIVATE KEY}, its {@code PUBLIC KEY},
 * and after it those of retired keys, whose checkpoints are still believed. Whatever is wrong stops
 * the start with one line that names the fix and never shows the content.
 */
final class SigningKeyFile {
  private static final String SETTING = "valet.audit.key-file (VALET_AUDIT_KEY_FILE)";
  private static final String MAKE_ONE =
      "make one with (umask 077; openssl genpkey -algorithm ed25519 -out %1$s"
          + " && openssl pkey -in %1$s -pubout >> %1$s)";
  private static final Pattern PRIVATE_BLOCK =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final int LARGEST = 64 * 1024;

  private SigningKeyFile() {}

  /** The key that signs, and those that are believed. */
  record Keys(PrivateKey signing, CheckpointKeys believed) {}

  /**
   * Reads the keys.
   *
   * @param file as configured; empty when it is not
   * @param strict whether a file that others may read stops the start
   * @throws ConfigurationException when there is no usable key pair
   */
  static Keys read(Optional<Path> file, boolean strict) {
    Path path = file.orElseThrow(() -> refused("is not set", Path.of("audit.key")));
    if (!Files.isReadable(path) || !Files.isRegularFile(path)) {
      throw refused("names " + path + ", which is not a readable file", path);
    }
    if (strict && FileAccess.openToOthers(path)) {
      throw new ConfigurationException(
          SETTING + " names " + path + ", which others may read: chmod 600 " + path);
    }
    return parse(path, text(path));
  }

  private static Keys parse(Path path, String pem) {
    try {
      Keys keys = new Keys(privateKey(pem), CheckpointKeys.ofPem(pem));
      if (!isPair(keys)) {
        throw new IllegalArgumentException("its first PUBLIC KEY is not that of its PRIVATE KEY");
      }
      return keys;
    } catch (GeneralSecurityException e) {
      throw refused("names " + path + ": its PRIVATE KEY is not an Ed25519 key", path);
    } catch (IllegalArgumentException e) {
      throw refused("names " + path + ": " + e.getMessage(), path);
    }
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    Matcher block = PRIVATE_BLOCK.matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("it has no PRIVATE KEY block");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static boolean isPair(Keys keys) throws GeneralSecurityException {
    byte[] text = {1};
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.signing());
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(keys.believed().first());
    signature.update(text);
    return signature.verify(signed);
  }

  private static String text(Path path) {
    try {
      if (Files.size(path) > LARGEST) {
        throw refused("names " + path + ", which is too large for a key file", path);
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw refused("names " + path + ", which cannot be read as text", path);
    }
  }

  private static ConfigurationException refused(String what, Path path) {
    return new ConfigurationException(SETTING + " " + what + ": " + MAKE_ONE.formatted(path));
  }
}
