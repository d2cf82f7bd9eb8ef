package dev.valet.agent.hatchet;

/** What happens to the connection. */
sealed interface LinkEvent {
  /** There is an engine, or another one than before. */
  record EngineGiven() implements LinkEvent {}

  /** The same engine with another token or other ways to it. */
  record TokenChanged() implements LinkEvent {}

  /** Somebody doubts that tasks still come by this stream. */
  record RenewalAsked() implements LinkEvent {}

  /** What this agent can do has changed, and nothing runs. */
  record CatalogueChanged() implements LinkEvent {}

  /** There is none any more. */
  record EngineTaken() implements LinkEvent {}

  record Introduced(String workerId) implements LinkEvent {}

  record IntroductionFailed(RpcCode code, String why) implements LinkEvent {}

  /** The pause after a failure is over. */
  record PauseOver() implements LinkEvent {}

  record StreamEnded(int serial, RpcCode code, String why) implements LinkEvent {}

  /**
   * A heartbeat was accepted.
   *
   * @param streamThen serial number of the stream that was current when it was sent
   */
  record BeatAccepted(int streamThen) implements LinkEvent {}

  record BeatFailed(int streamThen, RpcCode code, String why) implements LinkEvent {}

  /** The stream is so old that something on the way may soon cut it without a word. */
  record StreamOld(int serial) implements LinkEvent {}
}
