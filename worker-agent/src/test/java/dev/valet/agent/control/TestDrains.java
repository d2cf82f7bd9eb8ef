package dev.valet.agent.control;

import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.task.WorkBoard;
import java.time.Clock;

/** A drain control that does at once what is due at once, and nothing later. */
public final class TestDrains {
  private TestDrains() {}

  /** Over this lifecycle. */
  public static DrainControl of(Lifecycle lifecycle, Clock clock) {
    return new DrainControl(
        (delay, what) -> {
          if (delay.isZero()) {
            what.run();
          }
        },
        lifecycle,
        new WorkBoard(),
        clock);
  }
}
