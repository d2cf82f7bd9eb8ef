package dev.valet.api.health;

import java.util.List;

/**
 * What one probe says of a sandbox: it failed, it answered but declared parts do not work, good.
 */
sealed interface ProbeOutcome {

  /** It did not answer well; the detail is for people. */
  record Failed(String detail) implements ProbeOutcome {}

  /**
   * It answered, impaired.
   *
   * @param conditions names of what does not work, sorted, at least one
   * @param detail for people
   */
  record Impaired(List<String> conditions, String detail) implements ProbeOutcome {
    public Impaired {
      conditions = List.copyOf(conditions);
    }
  }

  /** It answered, and all declared parts work. */
  record Good() implements ProbeOutcome {}

  /** Whether the agent answered. */
  default boolean answered() {
    return !(this instanceof Failed);
  }
}
