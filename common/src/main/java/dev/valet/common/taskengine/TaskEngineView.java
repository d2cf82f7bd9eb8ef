package dev.valet.common.taskengine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The task engine as the control plane last saw it. One replica asks it for all of them, so
 * everybody reads the same; while it does not answer, the figures stay and grow old.
 *
 * @param configured whether this installation has an engine
 * @param available whether it answered when it was last asked
 * @param problem why not, for people; null while it is available; such as {@code the engine refuses
 *     the token}
 * @param asOf when it answered last, which is what all figures are of; null if it never did
 * @param triedAt when it was last asked
 * @param tokenExpiresAt when its token ends; null if the token does not say
 * @param queued tasks that wait
 * @param running tasks that run
 * @param completed tasks that ended well within the last 24 hours
 * @param failed tasks that failed within the last 24 hours
 * @param workers the workers that the engine knows, Valet's or not
 * @param queues of each action that is queued or that a worker takes, by name
 * @param zombies workers that are alive and take no tasks
 */
public record TaskEngineView(
    boolean configured,
    boolean available,
    @Nullable String problem,
    @Nullable Instant asOf,
    @Nullable Instant triedAt,
    @Nullable Instant tokenExpiresAt,
    long queued,
    long running,
    long completed,
    long failed,
    Workers workers,
    List<Queue> queues,
    Zombies zombies) {

  /** Copies what it is given. */
  public TaskEngineView {
    queues = List.copyOf(queues);
  }

  /**
   * Workers by what the engine says of them.
   *
   * @param active their heartbeats come
   * @param inactive their heartbeats ended within the last 24 hours
   * @param paused they finish what they have
   * @param slots tasks at once, of the active ones
   * @param freeSlots of these, without a task
   */
  public record Workers(int active, int inactive, int paused, int slots, int freeSlots) {}

  /**
   * Tasks of one action.
   *
   * @param action as workers register it, such as {@code valet-check:run}
   * @param queued tasks that wait
   * @param running tasks that run; null where the engine does not tell it by action
   * @param oldestSeconds how long the oldest has waited, as of {@code asOf}; null if none waits
   * @param workers active workers that take it
   * @param freeSlots of these workers
   */
  public record Queue(
      String action,
      int queued,
      @Nullable Integer running,
      @Nullable Long oldestSeconds,
      int workers,
      int freeSlots) {}

  /**
   * Workers that are alive and take no tasks, as engine and agents together show them.
   *
   * @param suspected that look like it, too shortly to be believed
   * @param found that are believed to be: see {@code conditions} of the sandboxes
   * @param held why none is acted on now; null if nothing holds it back; such as {@code 7 of 9 look
   *     like it, so the fault is not theirs}
   */
  public record Zombies(int suspected, int found, @Nullable String held) {}
}
