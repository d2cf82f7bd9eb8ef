package dev.valet.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertyFileTest {
  @TempDir Path folder;

  @Test
  void theFirstAnswerIsKept() {
    Path file = folder.resolve("x.properties");
    PropertyFile.open(file).keep("name", () -> "first");

    assertThat(PropertyFile.open(file).keep("name", () -> "second")).isEqualTo("first");
    assertThat(PropertyFile.open(file).keepInt("port", () -> 7)).isEqualTo(7);
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    Path file = folder.resolve("x.properties");
    PropertyFile.open(file).put("secret", "s");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedNumberIsNamedWithItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("x.properties"), "port=eighty\n");

    assertThatThrownBy(() -> PropertyFile.open(file).keepInt("port", () -> 1))
        .hasMessageContaining("port")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("eighty");
  }
}
