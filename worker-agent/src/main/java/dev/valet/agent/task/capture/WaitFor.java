package dev.valet.agent.task.capture;

import java.time.Duration;

/** When a page is ready to be captured. */
sealed interface WaitFor {
  /** The document is parsed. */
  record Parsed() implements WaitFor {}

  /** The page and what it needs is loaded. */
  record Loaded() implements WaitFor {}

  /** Loaded, and then no request under way for half a second. */
  record Idle() implements WaitFor {}

  /** Parsed, and then something matches the CSS selector. */
  record Selector(String css) implements WaitFor {}

  /** Loaded, and then that long. */
  record Pause(Duration length) implements WaitFor {}
}
