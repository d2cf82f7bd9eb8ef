package dev.valet.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.agent.platform.Secret;
import dev.valet.agent.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialStoreTest {
  @TempDir Path parent;
  private Path folder;
  private CredentialStore store;

  @BeforeEach
  void store() {
    folder = parent.resolve("var/lib/valet");
    store = new CredentialStore(TestSettings.in(folder).settings());
  }

  @Test
  void nothingIsStoredAtFirst() throws IOException {
    assertThat(store.read()).isEmpty();
  }

  @Test
  void storedCredentialIsReadBackByTheOwnerAlone() throws IOException {
    store.prepare();
    store.storeCredential(new Secret("first"));
    store.storeCredential(new Secret("second"));
    store.storeCommandKey("a2V5");

    assertThat(store.read().orElseThrow().reveal()).isEqualTo("second");
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("credential"))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("command.pub"))).isEqualTo("rw-------");
    assertThat(folder.resolve("command.pub")).hasContent("a2V5");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("credential", "command.pub");
  }

  @Test
  void leftoverOfAPowerCutIsReplaced() throws IOException {
    store.prepare();
    Files.writeString(folder.resolve("credential.new"), "half a cre");

    store.storeCredential(new Secret("whole"));

    assertThat(store.read().orElseThrow().reveal()).isEqualTo("whole");
    assertThat(folder.resolve("credential.new")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "two words", "null\u0000bytes", "ümlaut"})
  void damagedCredentialCountsAsNone(String content) throws IOException {
    store.prepare();
    Files.writeString(folder.resolve("credential"), content);

    assertThat(store.read()).isEmpty();
  }

  @Test
  void hugeFileIsNotEvenRead() throws IOException {
    store.prepare();
    Files.writeString(folder.resolve("credential"), "x".repeat(1_000_000));

    assertThat(store.read()).isEmpty();
  }

  @Test
  void folderThatCannotBeMadeIsToldBeforeTheTokenIsSpent() throws IOException {
    Files.writeString(parent.resolve("var"), "a file in the way");

    assertThatThrownBy(store::prepare).isInstanceOf(IOException.class);
  }

  @Test
  void openFolderIsClosedToOthers() throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    store.prepare();

    assertThat(permissions(folder)).isEqualTo("rwx------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
