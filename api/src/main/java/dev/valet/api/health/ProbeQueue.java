package dev.valet.api.health;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is probed next, so that never more than the bound are under way. Sandboxes whose last probe
 * failed wait in a line of their own and get at most half of the places: agents that never answer
 * hold a place for 3 s, and must not make the healthy ones late. Thread-safe.
 */
final class ProbeQueue {
  private final int bound;
  private final Queue<UUID> well = new ArrayDeque<>();
  private final Queue<UUID> suspect = new ArrayDeque<>();
  private final Set<UUID> waiting = new HashSet<>();
  private final Set<UUID> inFlight = new HashSet<>();
  private final Set<UUID> suspectsInFlight = new HashSet<>();

  ProbeQueue(int bound) {
    if (bound < 2) {
      throw new IllegalArgumentException(
          "valet.health.max-in-flight must be at least 2, not " + bound);
    }
    this.bound = bound;
  }

  /** Lines up; false if the sandbox's turn before this one is not over: it is overdue. */
  synchronized boolean offer(UUID sandboxId, boolean failedLast) {
    if (inFlight.contains(sandboxId) || !waiting.add(sandboxId)) {
      return false;
    }
    (failedLast ? suspect : well).add(sandboxId);
    return true;
  }

  /** Takes the next one and a place; null if no place is free or nobody waits. */
  synchronized @Nullable UUID next() {
    if (inFlight.size() >= bound) {
      return null;
    }
    UUID next = well.poll();
    if (next == null && suspectsInFlight.size() < bound / 2) {
      next = suspect.poll();
      if (next != null) {
        suspectsInFlight.add(next);
      }
    }
    if (next != null) {
      waiting.remove(next);
      inFlight.add(next);
    }
    return next;
  }

  /** Gives the place back. */
  synchronized void done(UUID sandboxId) {
    inFlight.remove(sandboxId);
    suspectsInFlight.remove(sandboxId);
  }

  synchronized int inFlight() {
    return inFlight.size();
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
