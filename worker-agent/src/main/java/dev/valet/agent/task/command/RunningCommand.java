package dev.valet.agent.task.command;

import dev.valet.agent.platform.ProcessGroup;
import dev.valet.agent.task.TaskAttempt;
import dev.valet.agent.task.TaskAttempt.LogLevel;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One run of a program, with a thread for each of its three streams. */
final class RunningCommand implements AutoCloseable {
  private static final int LAST_LINES = 5;
  private static final int LONGEST_LINE = 8_192;
  private static final String EXTEND = "valet:extend ";

  /** Between asking and killing. */
  private static final long PATIENCE_MILLIS = 800;

  /** A stream may be held open by a process that escaped the group. */
  private static final long STREAM_MILLIS = 2_000;

  private final Process process;
  private final ProcessGroup group;
  private final TaskAttempt attempt;
  private final CommandSpec spec;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CountDownLatch readers = new CountDownLatch(2);
  private final AtomicLong extraMillis = new AtomicLong();
  private volatile boolean outputTooLong;

  private RunningCommand(Process process, TaskAttempt attempt, CommandSpec spec) {
    this.process = process;
    this.group = new ProcessGroup(process);
    this.attempt = attempt;
    this.spec = spec;
  }

  static RunningCommand start(ProcessBuilder builder, TaskAttempt attempt, CommandSpec spec)
      throws IOException {
    RunningCommand running = new RunningCommand(builder.start(), attempt, spec);
    running.thread("in", running::feed);
    running.thread("out", running::collect);
    running.thread("err", running::relay);
    return running;
  }

  private void thread(String stream, Runnable work) {
    Thread.ofPlatform().daemon().name("task " + spec.name() + " " + stream).start(work);
  }

  /** Whether it ended by itself, in time and within its output's limit. */
  boolean awaitEnd() throws InterruptedException {
    return endsInTime() && readers.await(STREAM_MILLIS, TimeUnit.MILLISECONDS) && !outputTooLong;
  }

  /** What the program asked for beyond its time is added when that is over. */
  private boolean endsInTime() throws InterruptedException {
    long limit = spec.timeout().toMillis();
    while (!process.waitFor(limit, TimeUnit.MILLISECONDS)) {
      limit = extraMillis.getAndSet(0);
      if (limit == 0) {
        return false;
      }
    }
    return true;
  }

  boolean outputTooLong() {
    return outputTooLong;
  }

  int exitStatus() {
    return process.exitValue();
  }

  byte[] output() {
    synchronized (output) {
      return output.toByteArray();
    }
  }

  String lastLines() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }

  private void feed() {
    try (OutputStream in = process.getOutputStream()) {
      in.write(attempt.input().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A program that does not read its input is free to do so.
    }
  }

  private void collect() {
    byte[] part = new byte[8_192];
    try (InputStream out = process.getInputStream()) {
      for (int read = out.read(part); read >= 0; read = out.read(part)) {
        synchronized (output) {
          output.write(part, 0, read);
          outputTooLong = output.size() > spec.outputLimit();
        }
        if (outputTooLong) {
          group.kill();
          return;
        }
      }
    } catch (IOException e) {
      // It was killed.
    } finally {
      readers.countDown();
    }
  }

  private void relay() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        if (c == '\n' || line.length() >= LONGEST_LINE) {
          told(line.toString());
          line.setLength(0);
        }
        if (c != '\n') {
          line.append((char) c);
        }
      }
      told(line.toString());
    } catch (IOException e) {
      // It was killed.
    } finally {
      readers.countDown();
    }
  }

  private void told(String line) {
    if (line.isBlank()) {
      return;
    }
    Duration more =
        line.startsWith(EXTEND)
            ? CommandSpecReader.parsedDuration(line.substring(EXTEND.length()).strip())
            : null;
    if (more != null) {
      extraMillis.addAndGet(more.toMillis());
      attempt.extend(more);
      return;
    }
    synchronized (lastLines) {
      lastLines.addLast(line);
      if (lastLines.size() > LAST_LINES) {
        lastLines.removeFirst();
      }
    }
    attempt.log(LogLevel.INFO, line);
  }

  /** Ends what is left of the group; this thread may have been interrupted. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    if (process.isAlive()) {
      group.terminate();
      interrupted |= !goneWithin(PATIENCE_MILLIS);
    }
    group.kill();
    interrupted |= !goneWithin(PATIENCE_MILLIS);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** False if this thread was interrupted meanwhile. */
  private boolean goneWithin(long millis) {
    try {
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
