package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.host.ProcessRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path records;

  @Test
  void whatIsLeftIsGoneAfterwardsAndStrangersLive() throws Exception {
    Process left = sleeper();
    Process stranger = sleeper();
    ProcessRecord.of(left.pid()).orElseThrow().write(records.resolve("api.pid"));
    ProcessRecord now = ProcessRecord.of(stranger.pid()).orElseThrow();
    new ProcessRecord(now.pid(), now.start() - 1, now.boot()).write(records.resolve("ec2.pid"));
    Files.writeString(records.resolve("identity.pid"), "damaged");
    Files.writeString(records.resolve("lock"), "");

    Leftovers.kill(records);

    assertThat(ProcessRecord.read(records.resolve("api.pid")).orElseThrow().isAlive()).isFalse();
    assertThat(stranger.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
    stranger.destroyForcibly();
  }

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "60").start();
  }
}
