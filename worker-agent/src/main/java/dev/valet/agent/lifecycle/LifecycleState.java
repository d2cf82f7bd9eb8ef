package dev.valet.agent.lifecycle;

import dev.valet.common.agent.AgentConfig;
import dev.valet.common.health.AgentHealth.Drain;
import dev.valet.common.health.AgentLifecycle;
import org.jspecify.annotations.Nullable;

/** One state of the process. Only legal transitions are methods. */
public sealed interface LifecycleState {

  /** The name in the health answer. */
  AgentLifecycle name();

  /** What the API told this agent; null before it has. */
  default @Nullable AgentConfig config() {
    return null;
  }

  /** A state in which the process can still be asked to stop. */
  sealed interface Live extends LifecycleState {
    /** Takes no new work from here on. */
    default Draining drain() {
      return new Draining(config());
    }
  }

  /** The process runs; enrolment has not begun. */
  record Starting() implements Live {
    @Override
    public AgentLifecycle name() {
      return AgentLifecycle.STARTING;
    }

    /** Enrolment begins. */
    public Enrolling enroll() {
      return new Enrolling("no answer from the API yet");
    }
  }

  /**
   * Talking to the API, or waiting to try again.
   *
   * @param reason why it is not enrolled yet; for people, without secrets
   */
  record Enrolling(String reason) implements Live {
    @Override
    public AgentLifecycle name() {
      return AgentLifecycle.ENROLLING;
    }

    /** Still enrolling, for another reason. */
    public Enrolling because(String otherReason) {
      return new Enrolling(otherReason);
    }

    /** The API accepted this agent. */
    public Ready enrolled(AgentConfig config) {
      return new Ready(config);
    }
  }

  /** Enrolled and configured. */
  record Ready(AgentConfig config) implements Live {
    @Override
    public AgentLifecycle name() {
      return AgentLifecycle.READY;
    }

    /** The API tells something else now. */
    public Ready refreshed(AgentConfig other) {
      return new Ready(other);
    }

    /** Takes no new work for a while. */
    public Paused pause(Drain drain) {
      return new Paused(config, drain);
    }
  }

  /**
   * Takes no new work; what runs may end. Unlike {@link Draining} it can be taken back, and the
   * process stays.
   *
   * @param why for which reason, and until when
   */
  record Paused(AgentConfig config, Drain why) implements Live {
    @Override
    public AgentLifecycle name() {
      return AgentLifecycle.DRAINING;
    }

    /** For another reason, or until another time. */
    public Paused pause(Drain other) {
      return new Paused(config, other);
    }

    /** The API tells something else now. */
    public Paused refreshed(AgentConfig other) {
      return new Paused(other, why);
    }

    /** Takes work again. */
    public Ready resume() {
      return new Ready(config);
    }
  }

  /**
   * The process ends: it takes no new work; what runs may end.
   *
   * @param config null when the agent never was ready
   */
  record Draining(@Nullable AgentConfig config) implements LifecycleState {
    @Override
    public AgentLifecycle name() {
      return AgentLifecycle.DRAINING;
    }

    /** Nothing runs any more. */
    public Stopped stop() {
      return new Stopped(config);
    }
  }

  /**
   * About to exit.
   *
   * @param config null when the agent never was ready
   */
  record Stopped(@Nullable AgentConfig config) implements LifecycleState {
    @Override
    public AgentLifecycle name() {
      return AgentLifecycle.STOPPED;
    }
  }
}
