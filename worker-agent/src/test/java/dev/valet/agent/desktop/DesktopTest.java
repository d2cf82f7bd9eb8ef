package dev.valet.agent.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.agent.platform.PartsBoard;
import dev.valet.agent.testing.TestSettings;
import dev.valet.common.health.AgentHealth.Part;
import dev.valet.common.health.PartState;
import dev.valet.local.desktop.XPointer;
import dev.valet.local.host.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesktopTest {
  @TempDir Path stateDir;

  @ParameterizedTest
  @CsvSource({
    "on, FAILED, Xvfb and x11vnc not installed: apt-get install xvfb x11vnc",
    "auto, NOT_CONFIGURED, Xvfb and x11vnc not installed: apt-get install xvfb x11vnc",
    "off, NOT_CONFIGURED,"
  })
  void missingProgramsAreToldAndStopNothing(String mode, PartState state, String detail) {
    PartsBoard parts = new PartsBoard();
    Desktop desktop =
        new Desktop(
            TestSettings.in(stateDir).with("VALET_DESKTOP", mode).settings(),
            Programs.find(stateDir.toString()),
            parts,
            System::nanoTime);

    desktop.start();

    assertThat(parts.desktop()).isEqualTo(new Part(state, detail));
    assertThat(desktop.display()).isEmpty();
  }

  @Test
  void onlyWhoHasTheCookieGetsIn() throws Exception {
    try (RealDesktop real = RealDesktop.start(stateDir)) {
      Display display = real.desktop.display().orElseThrow();

      assertThat(XPointer.of(display.name(), display.cookies()).x()).isPositive();
      assertThatThrownBy(() -> XPointer.of(display.name(), new byte[16]))
          .hasMessageContaining("refused");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(display.cookies())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real.folder)))
          .isEqualTo("rwx------");
      assertThat(real.folder.resolve("password")).doesNotExist();
    }
  }

  @Test
  void severalDesktopsShareAMachine() throws Exception {
    try (RealDesktop one = RealDesktop.start(stateDir.resolve("one"));
        RealDesktop other = RealDesktop.start(stateDir.resolve("other"))) {
      assertThat(one.desktop.display().orElseThrow().name())
          .isNotEqualTo(other.desktop.display().orElseThrow().name());
      VncDoor door = one.desktop.door().orElseThrow();
      assertThat(door.port()).isNotEqualTo(other.desktop.door().orElseThrow().port());
      assertThat(door.password()).isNotEqualTo(other.desktop.door().orElseThrow().password());
    }
  }

  @Test
  void aDisplayThatEndsComesBackWithEverything() throws Exception {
    try (RealDesktop real = RealDesktop.start(stateDir)) {
      VncDoor before = real.desktop.door().orElseThrow();

      real.programs("Xvfb").forEach(ProcessHandle::destroyForcibly);

      Waiting.until(
          RealDesktop.PATIENCE,
          RealDesktop.POLL,
          () ->
              real.part().state() == PartState.READY
                  && !real.desktop.door().equals(Optional.of(before)));
      Display display = real.desktop.display().orElseThrow();
      assertThat(XPointer.of(display.name(), display.cookies()).x()).isPositive();
      assertThat(real.programs("Xvfb")).hasSize(1);
      assertThat(real.desktop.door().orElseThrow()).isNotEqualTo(before);
    }
  }

  @Test
  void whatAKilledAgentLeftIsEndedFirst() throws Exception {
    RealDesktop.require();
    PrivateFolder folder = new PrivateFolder(stateDir.resolve("desktop"));
    folder.prepare();
    folder.writeCookie(new byte[16]);
    List<String> said = new CopyOnWriteArrayList<>();
    Child left =
        Child.start(
            List.of(
                String.valueOf(Programs.find(null).xServer()),
                "-displayfd",
                "1",
                "-nolisten",
                "tcp",
                "-auth",
                folder.cookies().toString()),
            Map.of(),
            said::add);
    Waiting.until(RealDesktop.PATIENCE, RealDesktop.POLL, () -> !said.isEmpty());

    try (RealDesktop real = RealDesktop.start(stateDir)) {
      assertThat(real.programs("Xvfb"))
          .extracting(ProcessHandle::pid)
          .hasSize(1)
          .doesNotContain(left.pid());
    }
  }

  @Test
  void pausesDoubleUpToAHalfMinute() {
    assertThat(List.of(1, 2, 3, 6, 7, 8, 1000))
        .map(failures -> Kept.pause(failures).toMillis())
        .containsExactly(500L, 1000L, 2000L, 16_000L, 30_000L, 30_000L, 30_000L);
    assertThat(Kept.pause(1)).isGreaterThan(Duration.ZERO);
  }
}
