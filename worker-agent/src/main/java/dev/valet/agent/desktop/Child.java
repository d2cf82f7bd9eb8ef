package dev.valet.agent.desktop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A running program, and what it said last. */
final class Child {
  private static final int LONGEST_LINE = 200;

  private final Process process;
  private volatile String lastLine = "";

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts a program with this environment only: the agent's own holds secrets.
   *
   * @param heard gets every line of its output, on a thread of its own
   */
  static Child start(List<String> command, Map<String, String> environment, Consumer<String> heard)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    Child child = new Child(process);
    Thread.ofPlatform().daemon().name("valet-desktop-output").start(() -> child.listen(heard));
    return child;
  }

  private void listen(Consumer<String> heard) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          lastLine = line.substring(0, Math.min(line.length(), LONGEST_LINE)).strip();
          heard.accept(lastLine);
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  /** Called when it has ended, on some thread. */
  void onEnd(Runnable action) {
    var _ = process.onExit().thenRun(action);
  }

  /** How it ended, in words. */
  String end() {
    String status = "ended with status " + process.exitValue();
    return lastLine.isEmpty() ? status : status + ": " + lastLine;
  }

  long pid() {
    return process.pid();
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }
}
