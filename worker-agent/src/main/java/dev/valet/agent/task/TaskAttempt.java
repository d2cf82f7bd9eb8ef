package dev.valet.agent.task;

import java.time.Duration;

/** What a handler knows of the attempt that it carries out. */
public interface TaskAttempt {
  /** The engine's id of the task run; the same for all its attempts. */
  String taskRunId();

  /** Which attempt it is, from 0. */
  int retry();

  /** The task's input: a JSON object as text. */
  String input();

  /** Outputs of the tasks before it in its workflow, by their names: a JSON object as text. */
  String parents();

  /**
   * For a task that runs because its workflow failed: why the others failed, by their names, a JSON
   * object as text.
   */
  default String errors() {
    return "{}";
  }

  /** Adds a line to the task's log; never blocks, and may drop lines that come too fast. */
  void log(LogLevel level, String line);

  /** Asks for more time than the task was given; best effort. */
  void extend(Duration more);

  /** How much a log line matters. */
  enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
