package dev.valet.api.platform.loop;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * A background loop. Every CDI bean of this type is run by {@link LoopRunner} in every replica; a
 * loop that must be alone claims its work in the database itself.
 */
public interface Loop {

  /** Name in metrics, logs and manual triggers; lower-case with dashes. */
  String name();

  /** Time between the starts of two runs; the runner adds up to a tenth as jitter. */
  Duration period();

  /**
   * One round. Called on a fresh duplicated context, never while an earlier round is under way. A
   * failure is logged and counted; the next round comes all the same.
   */
  Uni<Void> run();
}
