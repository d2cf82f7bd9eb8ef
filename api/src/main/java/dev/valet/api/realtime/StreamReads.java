package dev.valet.api.realtime;

import io.smallrye.mutiny.Uni;

/** Reads the stream where memory does not reach. */
@FunctionalInterface
interface StreamReads {

  /** Up to so many events after that one, and how the stream stands. */
  Uni<StreamPage> page(long after, int most);

  /** How the stream stands. */
  default Uni<StreamPage> head() {
    return page(Long.MAX_VALUE, 0);
  }
}
