package dev.valet.agent.hatchet;

import org.jspecify.annotations.Nullable;

/**
 * Where the connection to the engine stands. Changed by {@link LinkPlanner} only.
 *
 * @param step what is being done about it
 * @param workerId the engine's id of this worker; null until it is registered
 * @param stream serial number of the current stream; 0 for none
 * @param streamConfirmed a heartbeat was accepted while this stream stood, so the engine sees it
 * @param retiring serial number of the stream that the current one replaces; 0 for none
 * @param serials last serial number used
 * @param failures failures in a row
 * @param missedBeats heartbeats in a row that were not accepted
 * @param unauthorized the engine refuses the token
 * @param reconnects times that a stream was lost
 * @param trouble the last thing that went wrong; null when all is well
 */
record Link(
    Step step,
    @Nullable String workerId,
    int stream,
    boolean streamConfirmed,
    int retiring,
    int serials,
    int failures,
    int missedBeats,
    boolean unauthorized,
    int reconnects,
    @Nullable String trouble) {

  enum Step {
    /** There is no engine. */
    IDLE,
    /** Version, workflows, registration. */
    INTRODUCING,
    /** Registered; heartbeats and stream are kept up. */
    ATTACHED,
    /** Something failed; a timer runs. */
    WAITING
  }

  static final Link NONE = new Link(Step.IDLE, null, 0, false, 0, 0, 0, 0, false, 0, null);

  /** Whether tasks can come. */
  boolean isConnected() {
    return step == Step.ATTACHED
        && (streamConfirmed || retiring != 0)
        && missedBeats == 0
        && !unauthorized;
  }

  Link with(Step next) {
    return new Link(
        next,
        workerId,
        stream,
        streamConfirmed,
        retiring,
        serials,
        failures,
        missedBeats,
        unauthorized,
        reconnects,
        trouble);
  }

  Link worker(@Nullable String id) {
    return new Link(
        step,
        id,
        stream,
        streamConfirmed,
        retiring,
        serials,
        failures,
        missedBeats,
        unauthorized,
        reconnects,
        trouble);
  }

  /** A fresh stream; the one before retires if it may. */
  Link freshStream(boolean keepOld) {
    return new Link(
        step,
        workerId,
        serials + 1,
        false,
        keepOld ? stream : 0,
        serials + 1,
        failures,
        missedBeats,
        unauthorized,
        reconnects,
        trouble);
  }

  /** No stream, by no fault. */
  Link noStream() {
    return new Link(
        step,
        workerId,
        0,
        false,
        0,
        serials,
        failures,
        missedBeats,
        unauthorized,
        reconnects,
        trouble);
  }

  /** The current stream was lost. */
  Link lostStream() {
    Link without = noStream();
    return new Link(
        without.step,
        workerId,
        0,
        false,
        0,
        serials,
        failures,
        missedBeats,
        unauthorized,
        reconnects + 1,
        trouble);
  }

  Link retired() {
    return new Link(
        step,
        workerId,
        stream,
        streamConfirmed,
        0,
        serials,
        failures,
        missedBeats,
        unauthorized,
        reconnects,
        trouble);
  }

  /** All is well; the stream stands. */
  Link well() {
    return new Link(
        step, workerId, stream, stream != 0, retiring, serials, 0, 0, false, reconnects, null);
  }

  Link missedBeat(String why) {
    return new Link(
        step,
        workerId,
        stream,
        streamConfirmed,
        retiring,
        serials,
        failures,
        missedBeats + 1,
        unauthorized,
        reconnects,
        why);
  }

  Link failed(boolean tokenRefused, String why) {
    return new Link(
        step,
        workerId,
        stream,
        streamConfirmed,
        retiring,
        serials,
        failures + 1,
        missedBeats,
        tokenRefused,
        reconnects,
        why);
  }
}
