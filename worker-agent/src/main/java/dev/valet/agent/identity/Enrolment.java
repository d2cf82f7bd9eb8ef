package dev.valet.agent.identity;

import dev.valet.agent.identity.AttemptOutcome.Enrolled;
import dev.valet.agent.identity.AttemptOutcome.Refused;
import dev.valet.agent.identity.AttemptOutcome.TryAgain;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.lifecycle.LifecycleState;
import dev.valet.agent.platform.ApiSilence;
import dev.valet.common.agent.AgentConfig;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Makes the API know this process: attempt after attempt until one succeeds, for ever if need be;
 * later it asks again from time to time, for what changed. Health answers do not depend on it.
 */
@Singleton
public final class Enrolment {
  private static final Logger LOG = Logger.getLogger(Enrolment.class);

  /** The same trouble is logged again only every so many attempts. */
  private static final int REPEAT_EVERY = 10;

  private static final long REFRESH_SECONDS = 300;

  private final Vertx vertx;
  private final EnrolmentAttempt attempt;
  private final Lifecycle lifecycle;
  private final ApiSilence silence;
  private final Backoff backoff;
  private final RandomGenerator random;

  private volatile boolean stopped;
  private int failures;
  private volatile long scheduled;
  private volatile String lastReason = "";

  @Inject
  Enrolment(
      Vertx vertx,
      EnrolmentAttempt attempt,
      Lifecycle lifecycle,
      ApiSilence silence,
      RandomGenerator random) {
    this(vertx, attempt, lifecycle, silence, random, Backoff.DEFAULT);
  }

  Enrolment(
      Vertx vertx,
      EnrolmentAttempt attempt,
      Lifecycle lifecycle,
      ApiSilence silence,
      RandomGenerator random,
      Backoff backoff) {
    this.vertx = vertx;
    this.attempt = attempt;
    this.lifecycle = lifecycle;
    this.silence = silence;
    this.random = random;
    this.backoff = backoff;
  }

  /** Begins; returns at once. Call it once. */
  public void start() {
    if (lifecycle.beginEnrolment()) {
      tryOnce();
    }
  }

  /** Why the API was not reached, or refused, when it was asked last; empty if all was well. */
  public String trouble() {
    return lastReason;
  }

  /** No further attempt begins. */
  public void stop() {
    stopped = true;
  }

  private void tryOnce() {
    if (!stopped) {
      var _ = attempt.run(!isReady()).onSuccess(this::settle);
    }
  }

  private boolean isReady() {
    return switch (lifecycle.current()) {
      case LifecycleState.Ready ready -> true;
      case LifecycleState.Paused paused -> true;
      default -> false;
    };
  }

  private void settle(AttemptOutcome outcome) {
    switch (outcome) {
      case Enrolled enrolled -> {
        failures = 0;
        lastReason = "";
        silence.heard();
        if (!lifecycle.enrolled(enrolled.config())) {
          lifecycle.refreshed(enrolled.config());
        }
        schedule(refreshAfter(enrolled.config()));
      }
      case TryAgain later -> {
        failures++;
        Duration wait = backoff.unavailable(failures, random);
        again(later.reason(), wait.compareTo(later.notBefore()) < 0 ? later.notBefore() : wait);
      }
      case Refused no -> {
        failures++;
        again(no.reason(), backoff.refused(random));
      }
    }
  }

  private void again(String reason, Duration wait) {
    if (!reason.equals(lastReason) || failures % REPEAT_EVERY == 0) {
      LOG.warnf("not enrolled: %s (attempt %d, next in %d s)", reason, failures, wait.toSeconds());
      lastReason = reason;
    }
    lifecycle.stillEnrolling(reason);
    schedule(wait);
  }

  /** The API is asked again from time to time: what it tells may have changed. */
  private Duration refreshAfter(AgentConfig config) {
    Integer asked = config.refreshSeconds();
    long seconds = asked == null ? REFRESH_SECONDS : Math.clamp(asked, 5, 86_400);
    return Duration.ofMillis(seconds * random.nextLong(900, 1_101));
  }

  private void schedule(Duration wait) {
    long serial = ++scheduled;
    vertx.setTimer(
        wait.toMillis(),
        timer -> {
          if (serial == scheduled) {
            tryOnce();
          }
        });
  }

  /** Asks the API again at once. */
  public void refreshNow() {
    refreshAfter(() -> 1);
  }

  /** Asks the API again soon, because what it told does not work any more. */
  public void refreshSoon() {
    refreshAfter(() -> random.nextLong(1_000, 10_000));
  }

  private void refreshAfter(LongSupplier millis) {
    vertx.runOnContext(context -> {
      if (isReady()) {
        schedule(Duration.ofMillis(millis.getAsLong()));
      }
    });
  }
}
