package dev.valet.api.agent;

/** What came of an agent's call: a refusal is committed too, as it may have revoked something. */
sealed interface Outcome<T> {
  /** It was let in. */
  record Granted<T>(T answer) implements Outcome<T> {}

  /** It was not. */
  record Refused<T>(Refusal refusal) implements Outcome<T> {}
}
