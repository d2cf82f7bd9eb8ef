package dev.valet.local.ec2.chaos;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Calls of an action that are made to wait, before or after the action is done. */
public final class Holds {

  /** Where a call waits. */
  public enum Moment {
    /** Received and verified; nothing has happened yet. */
    BEFORE,
    /** Done and journalled; the response is not sent yet. */
    AFTER
  }

  private record Place(String action, Moment moment) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Map<Place, Integer> waiting = new HashMap<>();
  private long releases;
  private boolean closed;

  /** From now on, all calls of the action wait there. */
  public void hold(String action, Moment moment) {
    lock.lock();
    try {
      waiting.putIfAbsent(new Place(action, moment), 0);
    } finally {
      lock.unlock();
    }
  }

  /** Lets all waiting calls go on, and no later call wait. */
  public void release() {
    lock.lock();
    try {
      releases++;
      waiting.clear();
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many calls wait at each place that is held, by {@code ACTION before} and the like. */
  public Map<String, Integer> waiting() {
    lock.lock();
    try {
      Map<String, Integer> counts = new TreeMap<>();
      waiting.forEach((place, count) ->
          counts.put(
              place.action() + (place.moment() == Moment.BEFORE ? " before" : " after"), count));
      return counts;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits here if this place is held.
   *
   * @throws InterruptedException when the service ends meanwhile; the call must not go on
   */
  public void pass(String action, Moment moment) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Place place = new Place(action, moment);
      if (waiting.computeIfPresent(place, (key, count) -> count + 1) != null) {
        long release = releases;
        while (releases == release && !closed) {
          released.await();
        }
      }
      if (closed) {
        throw new InterruptedException("The local EC2 ends");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting calls without letting them go on. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
