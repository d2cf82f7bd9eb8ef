package dev.valet.common.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * How to stop, restart or terminate.
 *
 * @param force true to go on at once although tasks run; null for false: the sandbox is drained
 *     first, up to a deadline. Also hastens one that is being drained
 */
public record InterruptRequest(@Nullable Boolean force) {

  /** Whether tasks are not to be waited for. */
  public static boolean isForced(@Nullable InterruptRequest request) {
    return request != null && Boolean.TRUE.equals(request.force());
  }
}
