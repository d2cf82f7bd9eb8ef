package dev.valet.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileVaultTest {
  private static final String OLD = line(1);
  private static final String NEW = line(2);
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("vault.key");
  }

  @Test
  void aVaultKeepsWhatAnEarlierProcessSealed() throws IOException {
    write(OLD);
    byte[] sealed = vault().seal(new byte[] {7}, "row");
    assertThat(vault().open(sealed, "row")).containsExactly(7);
  }

  @Test
  void derivedKeysAreStableDistinctAndSurviveARotation() throws IOException {
    write(OLD);
    byte[] before = vault().derive("ownership");
    write("# rotated", "", NEW, OLD);
    KeyFileVault rotated = vault();
    assertThat(rotated.derive("ownership")).isEqualTo(before).hasSize(32);
    assertThat(rotated.derive("cursor")).isNotEqualTo(before);
  }

  @Test
  void anotherInstallationsKeysAreOthers() throws IOException {
    write(OLD);
    byte[] one = vault().derive("ownership");
    write(NEW);
    assertThat(vault().derive("ownership")).isNotEqualTo(one);
  }

  @Test
  void aMissingSettingTellsHowToMakeAKeyFile() {
    assertRefused(Optional.empty())
        .withMessageContaining("VALET_VAULT_KEY_FILE) is not set")
        .withMessageContaining("head -c 32 /dev/urandom | base64");
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused(Optional.of(file)).withMessageContaining(file + ", which is not a readable file");
  }

  @Test
  void aFolderIsNoKeyFile() {
    assertRefused(Optional.of(folder)).withMessageContaining("not a readable file");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    write("", "# nothing");
    assertRefused(Optional.of(file)).withMessageContaining("holds no key");
  }

  @Test
  void aShortKeyIsRefusedByLineAndNotShown() throws IOException {
    String shortKey = Base64.getEncoder().encodeToString(new byte[31]);
    write(OLD, shortKey);
    assertRefused(Optional.of(file))
        .withMessageContaining("line 2 is not a key of 32 bytes")
        .withMessageNotContaining(shortKey);
  }

  @Test
  void textThatIsNoBase64IsRefusedAndNotShown() throws IOException {
    write("correct horse battery staple");
    assertRefused(Optional.of(file)).withMessageNotContaining("horse");
  }

  @Test
  void aBinaryFileIsRefused() throws IOException {
    byte[] bytes = new byte[64];
    Arrays.fill(bytes, (byte) 0xFE);
    write(bytes);
    assertRefused(Optional.of(file)).withMessageContaining("cannot be read as text");
  }

  @Test
  void aHugeFileIsRefused() throws IOException {
    write(new byte[100_000]);
    assertRefused(Optional.of(file)).withMessageContaining("too large");
  }

  @Test
  void aFileThatOthersMayReadStopsTheStartInProductionOnly() throws IOException {
    write(OLD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> KeyFile.read(Optional.of(file), true))
        .withMessageEndingWith("chmod 600 " + file);
    assertThat(KeyFile.read(Optional.of(file), false).keys()).hasSize(1);
  }

  @Test
  void aPrivateFileIsFineInProduction() throws IOException {
    write(OLD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(KeyFile.read(Optional.of(file), true).keys()).hasSize(1);
  }

  private KeyFileVault vault() {
    return new KeyFileVault(() -> Optional.of(file));
  }

  private void write(String... lines) throws IOException {
    write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void write(byte[] content) throws IOException {
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static ThrowableAssertAlternative<ConfigurationException> assertRefused(
      Optional<Path> configured) {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> KeyFile.read(configured, true));
  }

  private static String line(int fill) {
    byte[] key = new byte[MasterKey.BYTES];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }
}
