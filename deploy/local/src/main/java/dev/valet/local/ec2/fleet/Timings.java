package dev.valet.local.ec2.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long transitions take.
 *
 * @param launch until a pending instance is running
 * @param stop until a stopping instance is stopped; also what a machine gets to shut down before
 *     its power is cut
 * @param terminate the same for an instance that is shutting down
 * @param forget until a terminated instance is not there at all
 * @param checks until the status checks of a running instance pass
 */
public record Timings(
    Duration launch, Duration stop, Duration terminate, Duration forget, Duration checks) {

  /** Quick enough to work with, slow enough to be seen. */
  public static final Timings DEFAULT =
      new Timings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          Duration.ofSeconds(2));

  /** No duration may be negative. */
  public Timings {
    for (Duration each : new Duration[] {launch, stop, terminate, forget, checks}) {
      if (each.isNegative()) {
        throw new IllegalArgumentException("A transition cannot take " + each);
      }
    }
  }

  /** The same with all transitions of equal length; forgetting and checks as they are. */
  public Timings withTransitions(Duration each) {
    return new Timings(each, each, each, forget, checks);
  }

  /** When the transition that an instance is in comes to its end, if it is in one. */
  Optional<Instant> due(Instance instance) {
    Instant since = instance.status().since();
    return switch (instance.state()) {
      case PENDING -> Optional.of(since.plus(launch));
      case STOPPING -> Optional.of(since.plus(stop));
      case SHUTTING_DOWN -> Optional.of(since.plus(terminate));
      case TERMINATED -> Optional.of(since.plus(forget));
      case RUNNING, STOPPED -> Optional.empty();
    };
  }
}
