package dev.valet.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresOnThisMachineTest {
  @Test
  void onlyRootTakesAnotherIdentity() {
    assertThat(PostgresUser.choose(false, true, true)).isEqualTo(PostgresUser.SELF);
    assertThat(PostgresUser.choose(true, true, true)).isEqualTo(PostgresUser.NAMESPACE);
    assertThat(PostgresUser.choose(true, false, true)).isEqualTo(PostgresUser.NOBODY);
  }

  @Test
  void rootWithoutAnyWaySaysSoInOneLine() {
    assertThatThrownBy(() -> PostgresUser.choose(true, false, false))
        .hasMessageContaining("ordinary user")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFolderThatNobodyMayEnterIsNamed(@TempDir Path folder) throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(
        closed, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));

    assertThatThrownBy(() -> PostgresUser.NOBODY.give(closed.resolve("programs"), folder))
        .hasMessageContaining("/programs")
        .hasMessageContaining("--data");
  }

  @Test
  void everyProcessorHasItsArchiveAndOthersAreRefused() {
    assertThat(PostgresBinaries.archive("Linux", "amd64")).isEqualTo("/postgres-linux-x86_64.txz");
    assertThat(PostgresBinaries.archive("Linux", "aarch64"))
        .isEqualTo("/postgres-linux-arm_64.txz");
    for (String archive : List.of("/postgres-linux-x86_64.txz", "/postgres-linux-arm_64.txz")) {
      assertThat(PostgresBinaries.class.getResource(archive)).as(archive).isNotNull();
    }
    assertThatThrownBy(() -> PostgresBinaries.archive("Mac OS X", "aarch64"))
        .hasMessageContaining("Mac OS X");
    assertThatThrownBy(() -> PostgresBinaries.archive("Linux", "riscv64"))
        .hasMessageContaining("riscv64");
  }

  @Test
  void severalAtOnceUnpackIntoOneFolder(@TempDir Path cache) throws Exception {
    try (var pool = Executors.newFixedThreadPool(2)) {
      List<Callable<Path>> both =
          List.of(() -> PostgresBinaries.install(cache), () -> PostgresBinaries.install(cache));
      for (var result : pool.invokeAll(both)) {
        assertThat(result.get().resolve("bin/postgres")).isExecutable();
      }
    }
    try (var left = Files.list(cache)) {
      assertThat(left).hasSize(1);
    }
  }
}
