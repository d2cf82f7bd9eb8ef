package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.task.TaskAttempt;
import dev.valet.agent.task.TaskDefinition;
import dev.valet.agent.task.TaskOutcome;
import dev.valet.agent.task.TaskOutcome.Failed;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One attempt that this agent carries out, from its arrival until its handler is really gone. */
final class Attempt {
  private final AssignedAction action;
  private final String workerId;
  private final TaskDefinition definition;
  private final ActionInput input;
  private final long arrivedNanos;

  private @Nullable Thread thread;
  private volatile long begunNanos;
  private volatile Ending ending = Ending.BY_ITSELF;
  private long endAskedNanos;

  Attempt(
      AssignedAction action,
      String workerId,
      TaskDefinition definition,
      ActionInput input,
      long arrivedNanos) {
    this.action = action;
    this.workerId = workerId;
    this.definition = definition;
    this.input = input;
    this.arrivedNanos = arrivedNanos;
  }

  /** Why it ends. */
  enum Ending {
    BY_ITSELF,
    /** The engine does not want it any more, and wants to hear nothing of it. */
    CANCELLED,
    /** The agent stops before it is done. */
    CUT_OFF
  }

  AttemptKey key() {
    return AttemptKey.of(action);
  }

  AssignedAction action() {
    return action;
  }

  String workerId() {
    return workerId;
  }

  TaskDefinition definition() {
    return definition;
  }

  Ending ending() {
    return ending;
  }

  /** How long it waited for a slot, once it has begun. */
  Duration waited() {
    return Duration.ofNanos(begunNanos - arrivedNanos);
  }

  /** How long it has run, once it has begun. */
  Duration ran(long nowNanos) {
    return Duration.ofNanos(nowNanos - begunNanos);
  }

  boolean hasBegun() {
    return thread != null;
  }

  /** Since when its end is awaited; only with an {@link #ending} other than by itself. */
  long endAskedNanos() {
    return endAskedNanos;
  }

  /**
   * Begins, on a thread of its own.
   *
   * @param services of the worker
   * @param ended gets the outcome, on that thread
   */
  void begin(Services services, BiConsumer<Attempt, TaskOutcome> ended, long nowNanos) {
    begunNanos = nowNanos;
    TaskAttempt view = new View(services);
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("task " + definition.name() + " " + action.getTaskRunExternalId())
            .start(() -> ended.accept(this, outcome(view)));
  }

  /** Interrupts the handler. */
  void end(Ending why, long nowNanos) {
    if (ending == Ending.BY_ITSELF) {
      ending = why;
      endAskedNanos = nowNanos;
      Thread running = thread;
      if (running != null) {
        running.interrupt();
      }
    }
  }

  /** Whatever a handler does, there is an outcome. */
  private TaskOutcome outcome(TaskAttempt view) {
    try {
      TaskOutcome outcome = definition.handler().run(view);
      return outcome == null ? new Failed("the handler gave no outcome", true) : outcome;
    } catch (InterruptedException e) {
      return new Failed("interrupted: the sandbox stops", true);
    } catch (RuntimeException | LinkageError e) {
      return new Failed(e.toString(), true);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return new Failed("the agent ran out of memory: " + e, true);
    }
  }

  /** What a handler may ask of the worker, from any thread. */
  interface Services {
    /** Adds a line to the log of an attempt. */
    void log(AttemptKey key, TaskAttempt.LogLevel level, String line);

    /** Asks the engine for more time. */
    void extend(AttemptKey key, Duration more);
  }

  private final class View implements TaskAttempt {
    private final Services services;

    private View(Services services) {
      this.services = services;
    }

    @Override
    public String taskRunId() {
      return action.getTaskRunExternalId();
    }

    @Override
    public int retry() {
      return action.getRetryCount();
    }

    @Override
    public String input() {
      return input.input();
    }

    @Override
    public String parents() {
      return input.parents();
    }

    @Override
    public String errors() {
      return input.errors();
    }

    @Override
    public void log(LogLevel level, String line) {
      services.log(key(), level, line);
    }

    @Override
    public void extend(Duration more) {
      services.extend(key(), more);
    }
  }
}
