package dev.valet.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  @Test
  void aLargeLogIsMovedAsideAndOneOldOneIsKept() throws IOException {
    LogFile log = new LogFile(folder.resolve("logs/a.log")).prepare();
    Files.writeString(log.path(), "x".repeat(6 << 20));
    log.prepare();
    Files.writeString(log.path(), "y".repeat(6 << 20));
    log.prepare();

    assertThat(log.path()).doesNotExist();
    assertThat(Files.readString(folder.resolve("logs/a.log.1"))).startsWith("y");
    try (var files = Files.list(folder.resolve("logs"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void theTailIsTheLastLines() throws IOException {
    LogFile log = new LogFile(folder.resolve("a.log"));
    assertThat(log.tail(2)).isEmpty();

    Files.writeString(log.path(), "x".repeat(100_000) + "\none\ntwo\nthree\n");
    assertThat(log.tail(2)).containsExactly("two", "three");
  }
}
