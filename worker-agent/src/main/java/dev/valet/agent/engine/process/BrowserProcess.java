package dev.valet.agent.engine.process;

import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.platform.ProcessGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One browser's processes, from the first to the last. */
public final class BrowserProcess implements AutoCloseable {
  private static final int LAST_LINES = 3;
  private static final int LONGEST_LINE = 300;
  private static final long LOOK_MILLIS = 20;
  private static final long GONE_MILLIS = 2_000;

  private final Process process;
  private final Path folder;
  private final Deque<String> lastLines = new ArrayDeque<>();

  BrowserProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    Thread.ofPlatform().daemon().name("browser output " + process.pid()).start(this::readOutput);
  }

  /**
   * Waits until the browser says where it is driven.
   *
   * @param place looks for that; asked again and again
   * @throws EngineFailure if it ends, or does not say so in time
   */
  public <T> T await(Supplier<Optional<T>> place, Duration limit)
      throws EngineFailure, InterruptedException {
    for (long waited = 0; waited < limit.toMillis(); waited += LOOK_MILLIS) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new EngineFailure("the browser ended with status " + process.exitValue() + said());
      }
      Optional<T> found = place.get();
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new EngineFailure(
        "the browser was not ready within " + limit.toSeconds() + " s" + said());
  }

  private String said() {
    synchronized (lastLines) {
      return lastLines.isEmpty() ? "" : ": " + String.join(" | ", lastLines);
    }
  }

  private void readOutput() {
    try (BufferedReader lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          keep(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      lastLines.addLast(line.replaceAll("[^\\x20-\\x7e]", "?"));
      if (lastLines.size() > LAST_LINES) {
        lastLines.removeFirst();
      }
    }
  }

  /** Whether its first process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** A throw-away profile needs no orderly end. */
  @Override
  public void close() {
    new ProcessGroup(process).kill();
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(GONE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    ProcessTable.kill(ProcessTable.of(folder));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
