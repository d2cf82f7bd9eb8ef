package dev.valet.e2e.bench;

import dev.valet.local.hatchet.GoProgram;
import dev.valet.local.hatchet.GoToolchain;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A worker made with Hatchet's own Go SDK, which does what the agent's check task does. */
record SdkWorker(Process process) implements AutoCloseable {
  static final String TASK = "sdk-check";

  static SdkWorker start(GoToolchain go, EngineUnderTest engine, Path folder, int slots) {
    Path program =
        GoProgram.of("hatchet-sdk-worker", "worker of Hatchet's Go SDK")
            .build(go, line -> ListBench.say("%s", line));
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(program.toString(), "-task", TASK, "-slots", Integer.toString(slots)))
            .redirectErrorStream(true)
            .redirectOutput(PrivateFiles.folder(folder).resolve("sdk.log").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HATCHET_"));
    builder.environment().put("HATCHET_CLIENT_TOKEN", engine.token());
    builder.environment().put("HATCHET_CLIENT_TLS_STRATEGY", "none");
    return new SdkWorker(ChildProcesses.start(builder));
  }

  @Override
  public void close() {
    process.destroy();
    Waiting.until(Duration.ofSeconds(10), Duration.ofMillis(20), () -> !process.isAlive());
    process.destroyForcibly();
  }
}
