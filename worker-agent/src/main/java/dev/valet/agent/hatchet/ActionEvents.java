package dev.valet.agent.hatchet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Timestamp;
import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.hatchet.wire.StepActionEvent;
import dev.valet.agent.hatchet.wire.StepActionEventType;
import dev.valet.agent.task.TaskOutcome;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import java.time.Instant;
import java.util.regex.Pattern;

/** Turns what happens to an attempt into what the engine is told. */
final class ActionEvents {
  static final int MAX_OUTPUT = 1 << 20;
  private static final int MAX_REASON = 16 * 1024;

  /** An escaped NUL; PostgreSQL's JSON has no place for it, and the engine would lose the run. */
  private static final Pattern NUL = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\u0000");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ActionEvents() {}

  static StepActionEvent started(AssignedAction action, String workerId, Instant at) {
    return event(action, workerId, at)
        .setEventType(StepActionEventType.STEP_EVENT_TYPE_STARTED)
        .build();
  }

  static StepActionEvent ended(
      AssignedAction action, String workerId, TaskOutcome outcome, Instant at) {
    return switch (outcome) {
      case Completed completed -> completed(action, workerId, completed, at);
      case Failed failed -> failed(action, workerId, failed, at);
    };
  }

  private static StepActionEvent completed(
      AssignedAction action, String workerId, Completed completed, Instant at) {
    String output = completed.output();
    if (output.length() > MAX_OUTPUT) {
      return failed(action, workerId, new Failed("the output is longer than 1 MiB", false), at);
    }
    if (!isObject(output)) {
      return failed(action, workerId, new Failed("the output is not a JSON object", false), at);
    }
    if (NUL.matcher(output).find()) {
      return failed(
          action, workerId, new Failed("the output holds a NUL character (\\u0000)", false), at);
    }
    return event(action, workerId, at)
        .setEventType(StepActionEventType.STEP_EVENT_TYPE_COMPLETED)
        .setEventPayload(output)
        .build();
  }

  /** Anything else leaves a run that never ends, or breaks the tasks after it. */
  private static boolean isObject(String output) {
    try {
      return JSON.readTree(output).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static StepActionEvent failed(
      AssignedAction action, String workerId, Failed failed, Instant at) {
    String reason = failed.reason().replace('\0', '?');
    return event(action, workerId, at)
        .setEventType(StepActionEventType.STEP_EVENT_TYPE_FAILED)
        .setEventPayload(reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason)
        .setShouldNotRetry(!failed.retry())
        .build();
  }

  private static StepActionEvent.Builder event(AssignedAction action, String workerId, Instant at) {
    return StepActionEvent.newBuilder()
        .setWorkerId(workerId)
        .setJobId(action.getJobId())
        .setJobRunId(action.getJobRunId())
        .setTaskId(action.getTaskId())
        .setTaskRunExternalId(action.getTaskRunExternalId())
        .setActionId(action.getActionId())
        .setEventTimestamp(timestamp(at))
        .setRetryCount(action.getRetryCount());
  }

  static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
