package dev.valet.local.supervisor;

import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.LogFile;
import dev.valet.local.host.ProcessRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A part that is one child process.
 *
 * @param command makes the command for one run
 * @param ready whether it does its work
 * @param record remembers the process, for the run after a {@code kill -9}
 */
record ProcessPart(
    String name, LogFile log, Supplier<ProcessBuilder> command, BooleanSupplier ready, Path record)
    implements Part {

  @Override
  public Running start() {
    ProcessBuilder builder =
        command
            .get()
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(log.prepare().redirect());
    Process process = ChildProcesses.start(builder);
    ProcessRecord.of(process.pid()).ifPresent(started -> started.write(record));
    return new Child(process);
  }

  @Override
  public boolean isReady() {
    return ready.getAsBoolean();
  }

  private record Child(Process process) implements Running {
    private static final int BY_SIGNAL = 128;

    @Override
    public CompletableFuture<String> end() {
      return process.onExit().thenApply(p -> inWords(p.exitValue()));
    }

    private static String inWords(int status) {
      return status > BY_SIGNAL
          ? "killed by signal " + (status - BY_SIGNAL)
          : "exit status " + status;
    }

    @Override
    public void stop(Duration patience) {
      process.destroy();
      try {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor(1, TimeUnit.SECONDS);
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
