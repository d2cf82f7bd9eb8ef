package dev.valet.agent.control;

import java.time.Duration;
import java.util.UUID;

/**
 * Decides when a sandbox that nobody owns any more switches its machine off; pure. An API that is
 * merely away loses nothing: machines that are idle stop, and are started again when it is back.
 */
public final class DeadManPlanner {
  /** Machines of a fleet that lost its API do not go off, and come back, all at once. */
  static final Duration SPREAD = Duration.ofHours(2);

  private final boolean armed;
  private final Duration limit;

  /**
   * For one sandbox, which always gets the same part of the spread.
   *
   * @param patience how long an API may be silent; zero switches it off
   */
  public DeadManPlanner(UUID sandboxId, Duration patience) {
    this.armed = !patience.isZero();
    this.limit = patience.plusSeconds(Math.floorMod(mixed(sandboxId), SPREAD.toSeconds()));
  }

  /** Ids made one after the other differ in a few bits only. */
  private static long mixed(UUID id) {
    long bits = id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 32);
    bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return bits ^ (bits >>> 33);
  }

  /** What is to be done now. */
  public enum Decision {
    /** Nothing. */
    WAIT,
    /** The API is silent for too long, but tasks run or results wait to be handed in. */
    WAIT_FOR_TASKS,
    /** Switch the machine off. */
    POWER_OFF
  }

  /**
   * Decides.
   *
   * @param silence since the API was last heard of
   * @param idle no task runs and no result waits
   */
  public Decision decide(Duration silence, boolean idle) {
    if (!armed || silence.compareTo(limit) < 0) {
      return Decision.WAIT;
    }
    return idle ? Decision.POWER_OFF : Decision.WAIT_FOR_TASKS;
  }

  /** After which silence the machine goes off. */
  public Duration limit() {
    return limit;
  }
}
