package dev.valet.e2e;

import dev.valet.local.desktop.XPointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The desktop of a sandbox, found as its owner would find it: by what runs on the machine.
 *
 * @param display such as {@code :1}
 * @param cookies what lets a program in
 */
record RunningDesktop(String display, Path cookies) {
  private static final Duration START = Duration.ofSeconds(30);

  /** Waits for it; skips the caller, and says so, where the programs are not installed. */
  static RunningDesktop of(String sandboxId) throws IOException {
    if (Stream.of("Xvfb", "x11vnc").anyMatch(RunningDesktop::isMissing)) {
      String line = "Desktop (end to end): Xvfb and x11vnc not installed";
      Path file = Files.createDirectories(Path.of("target/not-run")).resolve("desktop.txt");
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Assumptions.abort(line);
    }
    Api.await(START, () -> find(sandboxId).isPresent(), () -> "no x11vnc of " + sandboxId);
    return find(sandboxId).orElseThrow();
  }

  boolean pointerIsAt(int x, int y) {
    try {
      return XPointer.of(display, cookies).equals(new XPointer.Place(x, y));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMissing(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static Optional<RunningDesktop> find(String sandboxId) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> process.info().command().orElse("").endsWith("/x11vnc"))
          .map(process -> Arrays.asList(process.info().arguments().orElse(new String[0])))
          .map(
              words -> new RunningDesktop(after(words, "-display"), Path.of(after(words, "-auth"))))
          .filter(desktop -> desktop.isOf(sandboxId))
          .findFirst();
    }
  }

  /** The cookies lie below the agent's state, and beside that on the volume is who it serves. */
  private boolean isOf(String sandboxId) {
    for (Path up = cookies.getParent(); up != null; up = up.getParent()) {
      Path settings = up.resolve("etc/valet/agent.env");
      if (Files.isReadable(settings) && !up.equals(up.getRoot())) {
        return read(settings).contains(sandboxId);
      }
    }
    return false;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String after(List<String> words, String option) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
  }
}
