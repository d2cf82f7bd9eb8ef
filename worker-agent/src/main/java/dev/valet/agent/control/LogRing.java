package dev.valet.agent.control;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** The last warnings and errors of this process, in memory, for {@code collect-diagnostics}. */
final class LogRing extends Handler {
  static final int MOST = 50;
  static final int LONGEST = 300;

  private final Deque<Line> lines = new ArrayDeque<>();

  private record Line(Instant at, String level, String text) {}

  LogRing() {
    setLevel(Level.WARNING);
  }

  /** Listens from now on. */
  LogRing install() {
    Logger.getLogger("").addHandler(this);
    return this;
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    String text = String.valueOf(ExtLogRecord.wrap(record).getFormattedMessage());
    String level = record.getLevel().getName();
    add(new Line(record.getInstant(), level, cut(text.replaceAll("\\s+", " "))));
  }

  private synchronized void add(Line line) {
    lines.addLast(line);
    if (lines.size() > MOST) {
      lines.removeFirst();
    }
  }

  /** Oldest first. */
  synchronized List<Map<String, String>> recent() {
    return lines.stream().map(LogRing::json).toList();
  }

  private static Map<String, String> json(Line line) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("at", line.at().toString());
    json.put("level", line.level());
    json.put("text", line.text());
    return json;
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
