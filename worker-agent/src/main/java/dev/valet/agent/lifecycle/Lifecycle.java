package dev.valet.agent.lifecycle;

import dev.valet.agent.lifecycle.LifecycleState.Draining;
import dev.valet.agent.lifecycle.LifecycleState.Enrolling;
import dev.valet.agent.lifecycle.LifecycleState.Live;
import dev.valet.agent.lifecycle.LifecycleState.Paused;
import dev.valet.agent.lifecycle.LifecycleState.Ready;
import dev.valet.agent.lifecycle.LifecycleState.Starting;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.health.AgentHealth.Drain;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The process' current {@link LifecycleState}. A step that does not fit any more, because another
 * thread was first, changes nothing and answers false: an enrolment that succeeds during shutdown
 * does not bring the agent back.
 */
@Singleton
public final class Lifecycle {
  private static final Logger LOG = Logger.getLogger(Lifecycle.class);

  private final List<Consumer<LifecycleState>> listeners = new CopyOnWriteArrayList<>();
  private volatile LifecycleState current = new Starting();

  /** Where the process is now. */
  public LifecycleState current() {
    return current;
  }

  /**
   * Tells every later state to the listener, in order, on the thread that makes the step. It must
   * return at once.
   */
  public void onChange(Consumer<LifecycleState> listener) {
    listeners.add(listener);
  }

  /** Starting to enrolling. */
  public boolean beginEnrolment() {
    return step(state ->
        state instanceof Starting starting ? Optional.of(starting.enroll()) : Optional.empty());
  }

  /** Says why the agent is still enrolling. */
  public boolean stillEnrolling(String reason) {
    return step(state ->
        state instanceof Enrolling enrolling
            ? Optional.of(enrolling.because(reason))
            : Optional.empty());
  }

  /** Enrolling to ready. */
  public boolean enrolled(AgentConfig config) {
    return step(state ->
        state instanceof Enrolling enrolling
            ? Optional.of(enrolling.enrolled(config))
            : Optional.empty());
  }

  /** Ready or paused, with another configuration. */
  public boolean refreshed(AgentConfig config) {
    return step(state ->
        switch (state) {
          case Ready ready when !ready.config().equals(config) ->
              Optional.of(ready.refreshed(config));
          case Paused paused when !paused.config().equals(config) ->
              Optional.of(paused.refreshed(config));
          default -> Optional.empty();
        });
  }

  /** Ready to paused; or paused for another reason or time. */
  public boolean pause(Drain drain) {
    return step(state ->
        switch (state) {
          case Ready ready -> Optional.of(ready.pause(drain));
          case Paused paused when !paused.why().equals(drain) -> Optional.of(paused.pause(drain));
          default -> Optional.empty();
        });
  }

  /** Paused to ready. */
  public boolean resume() {
    return step(
        state -> state instanceof Paused paused ? Optional.of(paused.resume()) : Optional.empty());
  }

  /** Any live state to draining. */
  public boolean drain() {
    return step(state -> state instanceof Live live ? Optional.of(live.drain()) : Optional.empty());
  }

  /** Draining to stopped. */
  public boolean stop() {
    return step(state ->
        state instanceof Draining draining ? Optional.of(draining.stop()) : Optional.empty());
  }

  private interface Step {
    Optional<? extends LifecycleState> from(LifecycleState state);
  }

  private synchronized boolean step(Step step) {
    LifecycleState before = current;
    Optional<? extends LifecycleState> next = step.from(before);
    if (next.isEmpty()) {
      return false;
    }
    current = next.get();
    if (before.name() != current.name()) {
      LOG.infof("lifecycle %s -> %s", before.name().wire(), current.name().wire());
    }
    listeners.forEach(listener -> listener.accept(current));
    return true;
  }
}
