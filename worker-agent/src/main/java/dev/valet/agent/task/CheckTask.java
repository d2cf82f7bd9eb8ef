package dev.valet.agent.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.task.TaskAttempt.LogLevel;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The task {@value #NAME}, which every sandbox has: it shows that tasks reach a sandbox and their
 * results come back. Input {@code {"seconds": 0 to 600}}, how long to take; output: who did it.
 */
@Singleton
public final class CheckTask implements TaskHandler {
  /** Name of the task and of its workflow. */
  public static final String NAME = "valet-check";

  private static final int LONGEST_SECONDS = 600;
  private static final JsonMapper JSON = new JsonMapper();

  private final Settings settings;
  private final ProcessFacts process;
  private final Clock clock;

  CheckTask(Settings settings, ProcessFacts process, Clock clock) {
    this.settings = settings;
    this.process = process;
    this.clock = clock;
  }

  /** How it is declared. */
  public TaskDefinition definition() {
    return new TaskDefinition(NAME, Duration.ofSeconds(LONGEST_SECONDS + 60), 0, 1, this);
  }

  @Override
  public TaskOutcome run(TaskAttempt attempt) throws InterruptedException {
    JsonNode seconds;
    try {
      seconds = JSON.readTree(attempt.input()).path("seconds");
    } catch (JsonProcessingException e) {
      return new Failed("the input is not JSON", false);
    }
    if (!seconds.isMissingNode() && !isInRange(seconds)) {
      return new Failed("seconds must be a number from 0 to " + LONGEST_SECONDS, false);
    }
    Instant startedAt = clock.instant();
    attempt.log(LogLevel.INFO, "checking sandbox " + settings.sandboxId());
    return pause(seconds.asInt(0))
        ? new Failed("cannot be", false)
        : new Completed(answer(attempt, startedAt));
  }

  private static boolean isInRange(JsonNode seconds) {
    return seconds.isInt() && seconds.intValue() >= 0 && seconds.intValue() <= LONGEST_SECONDS;
  }

  /** Nobody ever counts the latch down; the wait ends early by an interrupt only. */
  private static boolean pause(int seconds) throws InterruptedException {
    return new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
  }

  private String answer(TaskAttempt attempt, Instant startedAt) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("sandboxId", settings.sandboxId().toString());
    answer.put("bootId", process.bootId());
    answer.put("agentVersion", process.version());
    answer.put("startedAt", startedAt.toString());
    answer.put("retry", attempt.retry());
    return answer.toString();
  }
}
