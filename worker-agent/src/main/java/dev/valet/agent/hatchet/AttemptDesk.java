package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.Attempt.Ending;
import dev.valet.agent.hatchet.WorkerMeters.Outcome;
import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.hatchet.wire.StepActionEvent;
import dev.valet.agent.hatchet.wire.StepActionEventType;
import dev.valet.agent.platform.time.Ticker;
import dev.valet.agent.task.TaskCatalogue;
import dev.valet.agent.task.TaskDefinition;
import dev.valet.agent.task.TaskOutcome;
import dev.valet.agent.task.TaskOutcome.Failed;
import io.vertx.core.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Takes what the engine assigns, runs it within the agent's capacity, and hands in how it ended. On
 * the worker's context throughout; it never waits, since the stream's reader must not.
 */
final class AttemptDesk {
  private static final Logger LOG = Logger.getLogger(AttemptDesk.class);

  /** A handler that does not end within this after its cancellation is stuck. */
  private static final Duration STUCK = Duration.ofSeconds(5);

  private static final String UNKNOWN_TYPE = "this worker does not know actions of this type";

  private final Context context;
  private final ResultDelivery results;
  private final Attempt.Services services;
  private final Consumer<StepActionEvent> started;
  private final Clock clock;
  private final Ticker ticker;
  private final WorkerMeters meters;

  /** Known attempts in order of arrival; those that have not begun wait for a slot. */
  private final Map<AttemptKey, Attempt> attempts = new LinkedHashMap<>();

  private TaskCatalogue catalogue = TaskCatalogue.EMPTY;
  private Names names = new Names("");
  private int capacity = 1;
  private long duplicates;
  private Runnable onChange = () -> {};

  AttemptDesk(
      Context context,
      ResultDelivery results,
      Attempt.Services services,
      Consumer<StepActionEvent> started,
      Clock clock,
      Ticker ticker,
      WorkerMeters meters) {
    this.context = context;
    this.results = results;
    this.services = services;
    this.started = started;
    this.clock = clock;
    this.ticker = ticker;
    this.meters = meters;
  }

  void onChange(Runnable listener) {
    onChange = listener;
  }

  void use(TaskCatalogue now, Names called, int slots) {
    catalogue = now;
    names = called;
    capacity = slots;
    beginWhatFits();
  }

  /** Handles one message of the stream. */
  void take(AssignedAction action, String workerId) {
    switch (action.getActionType()) {
      case START_STEP_RUN -> start(action, workerId);
      case CANCEL_STEP_RUN -> cancel(AttemptKey.of(action));
      case START_BATCH ->
          ActionInput.members(action).forEach(member -> refuse(member, workerId, UNKNOWN_TYPE));
      case START_GET_GROUP_KEY, UNRECOGNIZED -> refuse(action, workerId, UNKNOWN_TYPE);
    }
    onChange.run();
  }

  private void start(AssignedAction action, String workerId) {
    AttemptKey key = AttemptKey.of(action);
    if (attempts.containsKey(key) || results.knows(key)) {
      duplicates++;
      LOG.warnf("%s came again and is not run twice", key);
      return;
    }
    Optional<TaskDefinition> definition = names.find(action.getActionId(), catalogue);
    if (definition.isEmpty()) {
      refuse(action, workerId, "this worker has no action " + action.getActionId());
      return;
    }
    Optional<ActionInput> input = ActionInput.of(action.getActionPayload());
    if (input.isEmpty()) {
      refuse(action, workerId, "the task's payload is not JSON");
      return;
    }
    fenceOlderAttempts(key);
    attempts.put(key, new Attempt(action, workerId, definition.get(), input.get(), ticker.nanos()));
    beginWhatFits();
  }

  /** The engine has given up on earlier attempts of this task run; their results would be lies. */
  private void fenceOlderAttempts(AttemptKey fresh) {
    List<AttemptKey> older =
        attempts.keySet().stream()
            .filter(key -> key.taskRunId().equals(fresh.taskRunId()))
            .filter(key -> key.retry() < fresh.retry())
            .toList();
    older.forEach(this::cancel);
  }

  private void cancel(AttemptKey key) {
    Attempt attempt = attempts.get(key);
    if (attempt == null) {
      return; // over already
    }
    attempt.end(Ending.CANCELLED, ticker.nanos());
    if (!attempt.hasBegun()) {
      attempts.remove(key);
    }
  }

  private void refuse(AssignedAction action, String workerId, String why) {
    LOG.warnf("refused %s: %s", AttemptKey.of(action), why);
    meters.refused();
    if (action.getTaskRunExternalId().isEmpty()) {
      return; // nobody to tell
    }
    StepActionEvent event =
        ActionEvents.ended(action, workerId, new Failed(why, false), clock.instant());
    var _ =
        context
            .executeBlocking(
                () -> {
                  results.keep(event);
                  return event;
                },
                false)
            .onComplete(kept -> results.add(event));
  }

  private void beginWhatFits() {
    for (Attempt attempt : attempts.values()) {
      if (!attempt.hasBegun()) {
        if (usedSlots() + attempt.definition().slots()
            > Math.max(capacity, attempt.definition().slots())) {
          return; // in order of arrival, so that a large one is not passed over for ever
        }
        started.accept(ActionEvents.started(attempt.action(), attempt.workerId(), clock.instant()));
        attempt.begin(services, this::ended, ticker.nanos());
        meters.began(attempt.waited());
      }
    }
  }

  private int usedSlots() {
    return begun().mapToInt(attempt -> attempt.definition().slots()).sum();
  }

  private java.util.stream.Stream<Attempt> begun() {
    return attempts.values().stream().filter(Attempt::hasBegun);
  }

  /** On the handler's thread, its last act. */
  private void ended(Attempt attempt, TaskOutcome outcome) {
    Optional<StepActionEvent> event =
        attempt.ending() == Ending.CANCELLED
            ? Optional.empty()
            : Optional.of(
                ActionEvents.ended(attempt.action(), attempt.workerId(), outcome, clock.instant()));
    meters.ended(attempt.definition().name(), outcome(event), attempt.ran(ticker.nanos()));
    event.ifPresent(results::keep);
    context.runOnContext(now -> {
      attempts.remove(attempt.key());
      event.ifPresent(results::add);
      beginWhatFits();
      onChange.run();
    });
  }

  private static Outcome outcome(Optional<StepActionEvent> told) {
    return told.map(event ->
            event.getEventType() == StepActionEventType.STEP_EVENT_TYPE_COMPLETED
                ? Outcome.COMPLETED
                : Outcome.FAILED)
        .orElse(Outcome.CANCELLED);
  }

  /** Ends all that runs and drops what waits; both are reported as failed. */
  void cutOff() {
    for (Attempt attempt : new ArrayList<>(attempts.values())) {
      attempt.end(Ending.CUT_OFF, ticker.nanos());
      if (!attempt.hasBegun()) {
        attempts.remove(attempt.key());
        refuse(attempt.action(), attempt.workerId(), "the sandbox stops");
      }
    }
  }

  boolean isIdle() {
    return attempts.isEmpty();
  }

  int active() {
    return (int) begun().count();
  }

  int stuck() {
    long now = ticker.nanos();
    return (int)
        begun()
            .filter(attempt -> attempt.ending() != Ending.BY_ITSELF)
            .filter(attempt -> now - attempt.endAskedNanos() > STUCK.toNanos())
            .count();
  }

  long duplicates() {
    return duplicates;
  }
}
