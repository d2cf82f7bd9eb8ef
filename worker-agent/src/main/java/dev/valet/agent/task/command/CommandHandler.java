package dev.valet.agent.task.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.engine.EngineLease;
import dev.valet.agent.engine.EngineSource;
import dev.valet.agent.platform.ProcessGroup;
import dev.valet.agent.task.TaskAttempt;
import dev.valet.agent.task.TaskHandler;
import dev.valet.agent.task.TaskOutcome;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Runs a program for each attempt: input on its standard input, a JSON object from its standard
 * output, its standard error to the task's log. Exit status {@value #DO_NOT_RETRY} asks not to try
 * again.
 */
final class CommandHandler implements TaskHandler {
  static final int DO_NOT_RETRY = 78;

  /** The program gets no other variable of the agent, which may hold secrets. */
  private static final Set<String> PASSED =
      Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "DISPLAY");

  /** Linux takes 128 KiB. */
  private static final int LONGEST_VARIABLE = 64 * 1024;

  private static final ObjectReader JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private final CommandSpec spec;
  private final EngineSource engines;
  private final Supplier<Map<String, String>> surroundings;

  /**
   * @param engines give the browser that the program wants
   * @param surroundings variables that tell the program what the sandbox offers at its start
   */
  CommandHandler(
      CommandSpec spec, EngineSource engines, Supplier<Map<String, String>> surroundings) {
    this.spec = spec;
    this.engines = engines;
    this.surroundings = surroundings;
  }

  @Override
  public TaskOutcome run(TaskAttempt attempt) throws InterruptedException {
    String engine = spec.engine();
    if (engine == null) {
      return run(attempt, Map.of());
    }
    try (EngineLease lease = engines.lease(engine)) {
      return run(attempt, told(lease));
    } catch (EngineFailure e) {
      return new Failed("no browser: " + e.getMessage(), true);
    }
  }

  private static Map<String, String> told(EngineLease lease) {
    return Map.of(
        "VALET_ENGINE", lease.engine(),
        "VALET_ENGINE_ENDPOINT", lease.endpoint().toString(),
        "VALET_ENGINE_PROTOCOL", lease.protocol().word());
  }

  private TaskOutcome run(TaskAttempt attempt, Map<String, String> engine)
      throws InterruptedException {
    RunningCommand running;
    try {
      running = RunningCommand.start(builder(attempt, engine), attempt, spec);
    } catch (IOException e) {
      return new Failed("cannot start " + spec.command().getFirst() + ": " + e.getMessage(), false);
    }
    try (running) {
      return running.awaitEnd() ? outcome(running) : stopped(running);
    }
  }

  private ProcessBuilder builder(TaskAttempt attempt, Map<String, String> engine) {
    ProcessBuilder builder =
        new ProcessBuilder(ProcessGroup.ofItsOwn(spec.command())).directory(spec.folder().toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED);
    environment.putAll(surroundings.get());
    environment.putAll(spec.environment());
    environment.putAll(engine);
    environment.put("VALET_TASK_RUN_ID", attempt.taskRunId());
    environment.put("VALET_TASK_RETRY", Integer.toString(attempt.retry()));
    putUnlessTooLong(environment, "VALET_TASK_PARENTS", attempt.parents());
    putUnlessTooLong(environment, "VALET_TASK_ERRORS", attempt.errors());
    return builder;
  }

  private static void putUnlessTooLong(Map<String, String> environment, String name, String value) {
    if (value.length() <= LONGEST_VARIABLE) {
      environment.put(name, value);
    }
  }

  private TaskOutcome stopped(RunningCommand running) {
    return running.outputTooLong()
        ? new Failed("the output is longer than " + spec.outputLimit() + " bytes", false)
        : new Failed("timed out after " + spec.timeout().toSeconds() + " s", true);
  }

  private static TaskOutcome outcome(RunningCommand running) {
    int status = running.exitStatus();
    if (status != 0) {
      String lastLines = running.lastLines();
      return new Failed(
          "exit status " + status + (lastLines.isEmpty() ? "" : ": " + lastLines),
          status != DO_NOT_RETRY);
    }
    byte[] output = running.output();
    return isObject(output)
        ? new Completed(new String(output, StandardCharsets.UTF_8).strip())
        : new Failed("the output is not one JSON object", false);
  }

  private static boolean isObject(byte[] output) {
    try {
      return JSON.readTree(output).isObject();
    } catch (IOException e) {
      return false;
    }
  }
}
