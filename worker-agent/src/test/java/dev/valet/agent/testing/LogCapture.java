package dev.valet.agent.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Everything that is logged while it runs, at every level, exceptions included. */
public final class LogCapture extends Handler {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = Logger.getLogger("");
  private final Logger agent = Logger.getLogger("dev.valet");

  /** Begins to listen. */
  public static LogCapture start() {
    LogCapture capture = new LogCapture();
    capture.setLevel(Level.ALL);
    capture.root.addHandler(capture);
    capture.agent.setLevel(Level.ALL);
    return capture;
  }

  /** What was logged, one line per event. */
  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(ExtLogRecord.wrap(record).getFormattedMessage());
    for (Throwable cause = record.getThrown(); cause != null; cause = cause.getCause()) {
      lines.add(cause.toString());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
