package dev.valet.agent.desktop;

import dev.valet.agent.platform.PartsBoard;
import dev.valet.agent.testing.TestSettings;
import dev.valet.common.health.AgentHealth.Part;
import dev.valet.common.health.PartState;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A desktop of real programs, in a folder of its own. */
public final class RealDesktop implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration POLL = Duration.ofMillis(20);

  final PartsBoard parts = new PartsBoard();
  final Path folder;
  final Desktop desktop;

  private RealDesktop(Path stateDir) {
    this.folder = stateDir.resolve("desktop");
    this.desktop =
        new Desktop(
            TestSettings.in(stateDir).with("VALET_DESKTOP", "on").settings(),
            Programs.find(null),
            parts,
            System::nanoTime);
  }

  /** Skips the caller, and says so, where the programs are missing. */
  public static void require() throws IOException {
    if (Programs.find(null).missing().isPresent()) {
      String line = "Desktop (worker-agent): " + Programs.find(null).missing().get();
      Path file = Files.createDirectories(Path.of("target/not-run")).resolve("desktop.txt");
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Assumptions.abort(line);
    }
  }

  static RealDesktop start(Path stateDir) throws IOException {
    require();
    RealDesktop real = new RealDesktop(stateDir);
    real.desktop.start();
    real.awaitReady();
    return real;
  }

  void awaitReady() {
    Waiting.until(PATIENCE, POLL, () -> part().state() == PartState.READY);
    if (part().state() != PartState.READY) {
      throw new AssertionError("the desktop is " + part());
    }
  }

  Part part() {
    return parts.desktop();
  }

  /** Its programs of that name. */
  List<ProcessHandle> programs(String name) {
    return running(folder).stream()
        .filter(process -> process.info().command().orElse("").endsWith("/" + name))
        .toList();
  }

  /** The programs of all desktops below this folder. */
  public static List<ProcessHandle> running(Path below) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process ->
              Stream.of(process.info().arguments().orElse(new String[0]))
                  .anyMatch(argument -> argument.startsWith(below.toString())))
          .filter(process -> process.info().command().orElse("").matches(".*/(Xvfb|x11vnc)"))
          .toList();
    }
  }

  @Override
  public void close() {
    desktop.stop();
    if (!Waiting.until(PATIENCE, POLL, () -> running(folder).isEmpty())) {
      throw new AssertionError("its programs go on");
    }
  }
}
