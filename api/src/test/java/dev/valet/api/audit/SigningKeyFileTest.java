package dev.valet.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyFileTest {
  @TempDir private Path folder;
  private Path file;
  private KeyPair pair;

  @BeforeEach
  void make() throws GeneralSecurityException {
    file = folder.resolve("audit.key");
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void keyPairIsReadAndSoAreRetiredPublicKeys() throws Exception {
    KeyPair retired = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    write(secret(pair) + open(pair) + open(retired));
    assertThat(SigningKeyFile.read(Optional.of(file), true).believed().first())
        .isEqualTo(pair.getPublic());
  }

  @Test
  void whateverIsWrongIsOneLineWithTheCommandThatMakesAKey() throws Exception {
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    assertRefused(Optional.empty(), "VALET_AUDIT_KEY_FILE) is not set");
    assertRefused(Optional.of(file), "not a readable file");
    assertRefused("", "no PRIVATE KEY");
    assertRefused(secret(pair), "no PUBLIC KEY");
    assertRefused(open(pair), "no PRIVATE KEY");
    assertRefused(secret(pair) + open(other), "first PUBLIC KEY is not that of");
    assertRefused(secret(rsa) + open(pair), "not an Ed25519 key");
    assertRefused(secret(pair) + open(rsa), "not an Ed25519 key");
  }

  @Test
  void fileThatOthersMayReadIsRefusedInProduction() throws IOException {
    write(secret(pair) + open(pair));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SigningKeyFile.read(Optional.of(file), true))
        .withMessageContaining("chmod 600");
    assertThat(SigningKeyFile.read(Optional.of(file), false)).isNotNull();
  }

  private void assertRefused(String text, String reason) throws IOException {
    write(text);
    assertRefused(Optional.of(file), reason);
  }

  private static void assertRefused(Optional<Path> path, String reason) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SigningKeyFile.read(path, true))
        .withMessageContaining(reason)
        .withMessageContaining("openssl genpkey -algorithm ed25519")
        .withMessageNotContainingAny("\n", "BEGIN");
  }

  private void write(String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static String secret(KeyPair keys) {
    return pem("PRIVATE KEY", keys.getPrivate());
  }

  private static String open(KeyPair keys) {
    return pem("PUBLIC KEY", keys.getPublic());
  }

  private static String pem(String what, Key key) {
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, base64);
  }
}
