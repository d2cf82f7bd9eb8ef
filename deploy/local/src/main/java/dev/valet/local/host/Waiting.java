package dev.valet.local.host;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something outside this JVM that gives no notice. */
public final class Waiting {
  private Waiting() {}

  /**
   * Asks again and again until the answer is yes or the time is over.
   *
   * @return the last answer; no if this thread was interrupted
   */
  public static boolean until(Duration limit, Duration interval, BooleanSupplier question) {
    long end = System.nanoTime() + limit.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!question.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      try {
        if (never.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
