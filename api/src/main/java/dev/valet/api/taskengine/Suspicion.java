package dev.valet.api.taskengine;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A worker that looks like a zombie.
 *
 * @param bootId of the agent process that it is about
 * @param kind how it looks now
 * @param stage what has been done about it
 * @param since when it was seen first
 * @param seenAt when it was seen last
 * @param stagedAt when it entered its stage
 * @param rounds times it was seen in a row
 * @param clearRounds times in a row that it was not, since then
 */
record Suspicion(
    UUID sandboxId,
    String bootId,
    Kind kind,
    Stage stage,
    Instant since,
    Instant seenAt,
    Instant stagedAt,
    int rounds,
    int clearRounds) {

  /** What is odd. */
  enum Kind {
    /** The engine gets heartbeats, the agent has no stream. */
    NO_STREAM,
    /** Tasks wait for it, it has room, and is given none. */
    NOT_ASSIGNED,
    /** The agent says it is connected, the engine knows no such worker, or not as active. */
    NOT_KNOWN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What has been done. */
  enum Stage {
    /** Nothing: it may pass. */
    WATCHED,
    /** It is believed and shown; nothing else, as automatic repair is braked. */
    FOUND,
    /** Its agent was told to open the stream anew. */
    STREAM_RESTARTED,
    /** A restart of the sandbox is asked for. */
    RESTART_ASKED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Suspicion first(AgentSight agent, Kind kind, Instant now) {
    return new Suspicion(
        agent.sandboxId(), agent.bootId(), kind, Stage.WATCHED, now, now, now, 1, 0);
  }

  Suspicion again(Kind now, Instant at) {
    return new Suspicion(sandboxId, bootId, now, stage, since, at, stagedAt, rounds + 1, 0);
  }

  Suspicion entering(Stage next, Instant at) {
    return new Suspicion(sandboxId, bootId, kind, next, since, seenAt, at, rounds, clearRounds);
  }

  Suspicion absent() {
    return new Suspicion(
        sandboxId, bootId, kind, stage, since, seenAt, stagedAt, rounds, clearRounds + 1);
  }

  /** Whether people were told of it. */
  boolean isBelieved() {
    return stage != Stage.WATCHED;
  }
}
