package dev.valet.api.health;

import dev.valet.common.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether healthy sandboxes may become unhealthy now.
 *
 * @param stage where freezing stands
 * @param frozenSince start of the last freeze; null if there was none
 * @param frozenUntil its end
 * @param reason why, for people
 * @param repairBraked whether automatic repair waits for an operator's release
 * @param version changes with every write
 */
record FreezeState(
    Stage stage,
    @Nullable Instant frozenSince,
    @Nullable Instant frozenUntil,
    @Nullable String reason,
    boolean repairBraked,
    long version) {

  /** Stages, in this order, again and again. */
  enum Stage implements WireName {
    /** Nothing of the kind. */
    IDLE("idle"),
    /** No healthy sandbox becomes unhealthy. */
    FROZEN("frozen"),
    /** Verdicts proceed; it cannot freeze again before the fleet is well. */
    ENDED("ended");

    private final String wire;

    Stage(String wire) {
      this.wire = wire;
    }

    @Override
    public String wire() {
      return wire;
    }

    static Stage fromWire(String wire) {
      return WireName.parse(Stage.class, wire);
    }
  }

  /** Whether verdicts are held back at that time: also before somebody notes that it is over. */
  boolean isFrozen(Instant now) {
    return stage == Stage.FROZEN && frozenUntil != null && now.isBefore(frozenUntil);
  }

  /** Whether a freeze is over and that is not noted yet. */
  boolean isOver(Instant now) {
    return stage == Stage.FROZEN && !isFrozen(now);
  }
}
