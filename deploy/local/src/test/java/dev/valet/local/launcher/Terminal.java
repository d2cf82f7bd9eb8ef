package dev.valet.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a command as a person would, without standard input. */
final class Terminal {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  Terminal(Path folder) {
    this.folder = folder;
  }

  /** What a command printed, standard output and error apart, and its status. */
  record Answer(int status, String out, String err) {}

  Terminal with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Answer run(String... words) {
    try {
      Path error = java.nio.file.Files.createTempFile("valet-", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(List.of(words)))
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectError(error.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("VALET_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(Duration.ofSeconds(60))).isTrue();
      String err = java.nio.file.Files.readString(error);
      java.nio.file.Files.delete(error);
      return new Answer(process.exitValue(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
