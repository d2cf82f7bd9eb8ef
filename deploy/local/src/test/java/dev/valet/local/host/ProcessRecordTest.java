package dev.valet.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
  @TempDir Path folder;

  @Test
  void aLeftoverIsKilledByWhatTheFileRemembers() throws Exception {
    Process left = sleeper();
    Path file = folder.resolve("left.pid");
    ProcessRecord.of(left.pid()).orElseThrow().write(file);

    ProcessRecord.read(file).orElseThrow().kill();

    assertThat(left.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessRecord.read(file).orElseThrow().isAlive()).isFalse();
  }

  @Test
  void anotherProcessThatGotTheNumberIsLeftAlone() throws Exception {
    Process stranger = sleeper();
    ProcessRecord now = ProcessRecord.of(stranger.pid()).orElseThrow();
    ProcessRecord before = new ProcessRecord(now.pid(), now.start() - 100, now.boot());
    ProcessRecord otherBoot = new ProcessRecord(now.pid(), now.start(), "another-boot");

    before.kill();
    otherBoot.kill();

    assertThat(before.isAlive()).isFalse();
    assertThat(otherBoot.isAlive()).isFalse();
    assertThat(stranger.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
    stranger.destroyForcibly();
  }

  @Test
  void aDamagedFileIsNoProcess() throws IOException {
    for (String text : new String[] {"", "1", "x y z", "1 2 3 4", "1 two boot"}) {
      Path file = Files.writeString(folder.resolve("bad.pid"), text);
      assertThat(ProcessRecord.read(file)).isEmpty();
    }
    assertThat(ProcessRecord.read(folder.resolve("none.pid"))).isEmpty();
  }

  @Test
  void thisProcessLives() {
    assertThat(ProcessRecord.of(ProcessHandle.current().pid()).orElseThrow().isAlive()).isTrue();
  }

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "60").start();
  }
}
