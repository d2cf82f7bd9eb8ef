package dev.valet.local.supervisor;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells the person at the terminal what happens and how long after the start. */
final class Progress {
  private final PrintStream out;
  private final LongSupplier nanos;
  private final long start;

  Progress(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** One line with the time since the start before it. */
  void say(String format, Object... values) {
    line("%7s  %s".formatted(elapsed(), format.formatted(values)));
  }

  /** Text as it stands. */
  synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Since the start, such as {@code 4.2 s}. */
  String elapsed() {
    Duration since = Duration.ofNanos(nanos.getAsLong() - start);
    return String.format(Locale.ROOT, "%.1f s", since.toMillis() / 1000.0);
  }
}
