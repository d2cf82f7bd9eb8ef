package dev.valet.local.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands to their end. */
public final class Commands {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

  private Commands() {}

  /**
   * What a command printed and how it ended.
   *
   * @param status exit status; -1 if it was cut off at its time limit
   * @param output standard output and error together
   */
  public record Result(int status, String output) {
    /** Whether it ended with status 0. */
    public boolean ok() {
      return status == 0;
    }
  }

  /** Whether a command exists here and ends with status 0 within ten seconds. */
  public static boolean succeeds(String... command) {
    try {
      return run(List.of(command), PROBE_LIMIT).ok();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /**
   * Runs a command with no input, to its end or to the limit, after which it is killed.
   *
   * @throws UncheckedIOException if the program cannot be started
   */
  public static Result run(List<String> command, Duration limit) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
      var killer =
          Thread.ofVirtual().start(() -> killAfter(process, limit)); // unblocks the read below
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      killer.interrupt();
      return new Result(inTime ? process.exitValue() : -1, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(-1, "interrupted");
    }
  }

  private static void killAfter(Process process, Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
