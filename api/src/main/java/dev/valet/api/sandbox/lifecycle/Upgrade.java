package dev.valet.api.sandbox.lifecycle;

/**
 * What an instance must go through to be as it is wanted.
 *
 * @param step what must happen
 * @param why for people: what differs; empty if nothing does
 */
record Upgrade(Step step, String why) {
  static final Upgrade NOTHING = new Upgrade(Step.NOTHING, "");

  /** Each is worse than the one before. */
  enum Step {
    /** It is as it is wanted, or there is no instance. */
    NOTHING,

    /** Health and the agent's registration are told; the instance goes on. */
    TELL,

    /** The instance is restarted; its agent learns at the boot. */
    RESTART,

    /** Another instance takes its place. */
    REPLACE
  }

  boolean is(Step other) {
    return step == other;
  }
}
