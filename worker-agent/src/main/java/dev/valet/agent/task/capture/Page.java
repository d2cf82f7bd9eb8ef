package dev.valet.agent.task.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** One page of a browser; all methods block, on the thread of the task. */
interface Page extends AutoCloseable {
  /** Goes to an address, and returns before anything is loaded. */
  void go(String url, Duration limit) throws IOException, InterruptedException;

  /** What its events tell. */
  PageState state();

  /**
   * Evaluates JavaScript in it.
   *
   * @return the text that the expression gives; "" if it gives none
   * @throws IOException if it throws, or the page is just being replaced by another
   */
  String evaluate(String expression, Duration limit) throws IOException, InterruptedException;

  /** Takes a picture of its upper left part. */
  void shoot(ShotPlan plan, Duration limit, OutputStream out)
      throws IOException, InterruptedException;

  @Override
  void close();
}
