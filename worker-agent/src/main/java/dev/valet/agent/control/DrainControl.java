package dev.valet.agent.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.agent.control.CommandReply.Done;
import dev.valet.agent.control.CommandReply.Refused;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.lifecycle.LifecycleState;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.task.WorkFacts;
import dev.valet.common.health.AgentHealth.Drain;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Commands {@code drain} and {@code resume}, and what EC2 announces: brings the lifecycle to what
 * is wanted, as soon as the agent is that far. Who follows the lifecycle does the rest.
 */
@Singleton
public final class DrainControl {
  private static final Logger LOG = Logger.getLogger(DrainControl.class);
  private static final int LONGEST_SECONDS = 24 * 3600;

  private static final Duration ROUNDING = Duration.ofSeconds(3);

  /** An API that asked for a drain and then fell silent must not keep the agent idle for good. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Later later;
  private final Lifecycle lifecycle;
  private final WorkBoard work;
  private final Clock clock;

  private DrainPlan plan = DrainPlan.NONE;
  private long asks;

  @Inject
  DrainControl(Vertx vertx, Lifecycle lifecycle, WorkBoard work, Clock clock) {
    this(
        (delay, what) -> vertx.setTimer(Math.max(1, delay.toMillis()), timer -> what.run()),
        lifecycle,
        work,
        clock);
  }

  DrainControl(Later later, Lifecycle lifecycle, WorkBoard work, Clock clock) {
    this.later = later;
    this.lifecycle = lifecycle;
    this.work = work;
    this.clock = clock;
    lifecycle.onChange(state -> later.run(Duration.ZERO, this::bringAbout));
  }

  /** Runs something after a while, on another thread's time. */
  interface Later {
    void run(Duration delay, Runnable what);
  }

  /** Command {@code drain} with {@code deadlineSeconds}; again with another deadline moves it. */
  public Future<CommandReply> drain(JsonNode body) {
    JsonNode seconds = body.path("deadlineSeconds");
    if (!seconds.canConvertToInt() || !seconds.isIntegralNumber() || outOfRange(seconds.asInt())) {
      return Future.succeededFuture(
          new Refused(400, "deadlineSeconds is a number from 0 to " + LONGEST_SECONDS));
    }
    ask(Duration.ofSeconds(seconds.asInt()));
    return Future.succeededFuture(new Done(progress()));
  }

  private static boolean outOfRange(int seconds) {
    return seconds < 0 || seconds > LONGEST_SECONDS;
  }

  private synchronized void ask(Duration time) {
    long serial = ++asks;
    Instant deadline = clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS);
    if (!isAbout(plan.asked(), deadline)) {
      plan = plan.asked(new Drain("the API asked for it", deadline));
    }
    later.run(time.plus(PATIENCE), () -> forget(serial));
    bringAbout();
  }

  /** The API says how much time is left, in whole seconds, so the same deadline varies a little. */
  private static boolean isAbout(@Nullable Drain drain, Instant deadline) {
    return drain != null
        && drain.deadline() != null
        && Duration.between(drain.deadline(), deadline).abs().compareTo(ROUNDING) <= 0;
  }

  private synchronized void forget(long serial) {
    if (serial == asks && plan.asked() != null) {
      LOG.warn("the API asked for a drain and nothing followed: tasks are taken again");
      plan = plan.asked(null);
      bringAbout();
    }
  }

  /** Command {@code resume}. */
  public Future<CommandReply> resume(JsonNode body) {
    return Future.succeededFuture(resumed());
  }

  private synchronized CommandReply resumed() {
    asks++;
    plan = plan.asked(null);
    bringAbout();
    Drain announced = plan.announced();
    if (announced != null) {
      return new Refused(409, announced.reason());
    }
    return switch (lifecycle.current()) {
      case LifecycleState.Draining draining -> new Refused(409, "the process is ending");
      case LifecycleState.Stopped stopped -> new Refused(409, "the process is ending");
      default -> new Done(progress());
    };
  }

  /**
   * What EC2 has in store for this machine.
   *
   * @param drain null for nothing (any more)
   */
  public synchronized void announced(@Nullable Drain drain) {
    plan = plan.announced(drain);
    bringAbout();
  }

  private synchronized void bringAbout() {
    Drain wanted = plan.effective();
    boolean changed = wanted == null ? lifecycle.resume() : lifecycle.pause(wanted);
    if (changed) {
      LOG.info(
          wanted == null
              ? "tasks are taken again"
              : "no new tasks until %s: %s".formatted(wanted.deadline(), wanted.reason()));
    }
  }

  private Map<String, Object> progress() {
    WorkFacts facts = work.facts();
    Map<String, Object> progress = new LinkedHashMap<>();
    progress.put("lifecycle", lifecycle.current().name().wire());
    progress.put("active", facts.active());
    progress.put("registered", facts.engine().workerId() != null);
    progress.put("pendingEvents", facts.engine().pendingEvents());
    return progress;
  }
}
