package dev.valet.local.supervisor;

import dev.valet.local.host.LogFile;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Something that the supervisor keeps running. */
interface Part {
  /** As people call it, such as {@code PostgreSQL}. */
  String name();

  /** Where its process writes. */
  LogFile log();

  /**
   * Starts it; it need not be ready on return.
   *
   * @throws dev.valet.local.host.StartException if this machine does not allow it
   */
  Running start();

  /** Whether the one that was started last does its work. */
  boolean isReady();

  /** One run of a part. */
  interface Running {
    /** Completes with how it ended, in words, such as {@code exit status 1}. */
    CompletableFuture<String> end();

    /** Asks it to stop and waits; kills it when the patience is over. */
    void stop(Duration patience);
  }
}
