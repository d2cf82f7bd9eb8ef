package dev.valet.common.health;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of the agent's {@code GET /health}: a sampled snapshot, never a probe of its own.
 *
 * @param status summary of the parts below
 * @param version version of the agent
 * @param sandboxId the sandbox that this agent serves; a prober checks it, as addresses are reused
 * @param bootId random per agent process
 * @param uptimeSeconds since the agent process started
 * @param lifecycle where the process is
 * @param cpu share of all cores since the sample before, 0 to 1; null until there are two samples
 * @param memory of the machine; null where it cannot be read
 * @param disk of the file system that holds the agent's state; null where it cannot be read
 * @param hatchet connection to the task engine
 * @param engines one entry per declared browser engine
 * @param desktop state of the desktop that people can watch
 * @param tasks running tasks and room for more
 * @param clockSkewMillis by how much the API's clock is ahead of this machine's, to about a second;
 *     null until the API has told the time
 * @param drain why it takes no new tasks although the process goes on; null when it does
 * @param notices what EC2 has announced for the machine, in words
 * @param checkedAt when the sample was taken
 */
public record AgentHealth(
    AgentStatus status,
    String version,
    UUID sandboxId,
    String bootId,
    long uptimeSeconds,
    AgentLifecycle lifecycle,
    @Nullable Double cpu,
    @Nullable Usage memory,
    @Nullable Usage disk,
    Hatchet hatchet,
    List<Engine> engines,
    Part desktop,
    Tasks tasks,
    @Nullable Long clockSkewMillis,
    @Nullable Drain drain,
    List<String> notices,
    Instant checkedAt) {

  /**
   * Bytes used of a total.
   *
   * @param usedBytes in use
   * @param totalBytes all that there are
   */
  public record Usage(long usedBytes, long totalBytes) {}

  /**
   * Connection to the task engine.
   *
   * @param state summary of the rest
   * @param detail what is wrong; null when nothing is
   * @param engineVersion version that the engine tells; null until it has
   * @param workerId the engine's id of this worker; null until it is registered
   * @param streamSeconds age of the stream that tasks come by; null when there is none
   * @param heartbeatMillis round trip of the last heartbeat that was accepted; null before
   * @param lastTaskAt when the last task came; null before
   * @param reconnects times that the stream was lost since the process started
   * @param pendingEvents results that the engine has not accepted yet
   * @param duplicates attempts that came again although they were known
   */
  public record Hatchet(
      HatchetState state,
      @Nullable String detail,
      @Nullable String engineVersion,
      @Nullable String workerId,
      @Nullable Long streamSeconds,
      @Nullable Long heartbeatMillis,
      @Nullable Instant lastTaskAt,
      long reconnects,
      long pendingEvents,
      long duplicates) {

    /** A state of which nothing more is known. */
    public static Hatchet of(HatchetState state, @Nullable String detail) {
      return new Hatchet(state, detail, null, null, null, null, null, 0, 0, 0);
    }
  }

  /**
   * One browser engine.
   *
   * @param name its name in the template, such as {@code chromium}
   * @param state whether it works
   * @param detail what is wrong, or what people should know; null when there is nothing
   * @param slots browsers of it at once; null when it is not configured
   * @param active browsers that tasks have now; null likewise
   * @param version of the browser, such as {@code Firefox/153.7.0}; null until it was started
   * @param restarts browsers that were ended because they did not answer, or because it was asked;
   *     null when it is not configured
   */
  public record Engine(
      String name,
      PartState state,
      @Nullable String detail,
      @Nullable Integer slots,
      @Nullable Integer active,
      @Nullable String version,
      @Nullable Long restarts) {

    /** An engine that does not run here. */
    public Engine(String name, PartState state, @Nullable String detail) {
      this(name, state, detail, null, null, null, null);
    }
  }

  /** A part without a name of its own. */
  public record Part(PartState state, @Nullable String detail) {}

  /**
   * No new tasks for a while.
   *
   * @param reason for people, without secrets
   * @param deadline when whoever asked will go on, tasks or not; null if nobody said
   */
  public record Drain(String reason, @Nullable Instant deadline) {}

  /**
   * The work.
   *
   * @param active running tasks, stuck ones included
   * @param capacity how many may run at once
   * @param stuck tasks that were cancelled and do not end
   * @param refused what is wrong in the declarations of tasks, each with its file's name
   */
  public record Tasks(int active, int capacity, int stuck, List<String> refused) {
    /** Nothing stuck, nothing refused. */
    public Tasks(int active, int capacity) {
      this(active, capacity, 0, List.of());
    }
  }
}
