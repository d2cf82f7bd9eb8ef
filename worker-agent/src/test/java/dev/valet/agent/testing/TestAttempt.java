package dev.valet.agent.testing;

import dev.valet.agent.task.TaskAttempt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An attempt of a test, which keeps what the handler says. */
public final class TestAttempt implements TaskAttempt {
  private final String input;
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final List<Duration> extensions = new CopyOnWriteArrayList<>();

  public TestAttempt(String input) {
    this.input = input;
  }

  @Override
  public String taskRunId() {
    return "run-1";
  }

  @Override
  public int retry() {
    return 2;
  }

  @Override
  public String input() {
    return input;
  }

  @Override
  public String parents() {
    return "{}";
  }

  @Override
  public String errors() {
    return "{\"first\":\"out of luck\"}";
  }

  @Override
  public void log(LogLevel level, String line) {
    logged.add(line);
  }

  @Override
  public void extend(Duration more) {
    extensions.add(more);
  }

  /** Lines of its log. */
  public List<String> logged() {
    return logged;
  }

  /** What it asked for. */
  public List<Duration> extensions() {
    return extensions;
  }
}
