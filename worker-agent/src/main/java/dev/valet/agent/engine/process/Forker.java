package dev.valet.agent.engine.process;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes on one thread that lives as long as the agent: Linux signals the death of a
 * parent when the <em>thread</em> that forked ends.
 */
@Singleton
public final class Forker {
  private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;

  Forker() {}

  private static final class Job {
    private final ProcessBuilder builder;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable Process process;
    private @Nullable IOException failure;

    private Job(ProcessBuilder builder) {
      this.builder = builder;
    }

    private void run() {
      try {
        process = builder.start();
      } catch (IOException e) {
        failure = e;
      } finally {
        done.countDown();
      }
    }
  }

  Process start(ProcessBuilder builder) throws IOException, InterruptedException {
    ensureThread();
    Job job = new Job(builder);
    jobs.add(job);
    try {
      job.done.await();
    } catch (InterruptedException e) {
      // It starts all the same; whoever started it must not lose it.
      endWhenStarted(job);
      throw e;
    }
    if (job.failure != null) {
      throw job.failure;
    }
    return Objects.requireNonNull(job.process);
  }

  private void endWhenStarted(Job job) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            job.done.await();
          } catch (InterruptedException e) {
            return; // nobody interrupts it
          }
          if (job.process != null) {
            job.process.destroyForcibly();
          }
        });
  }

  private synchronized void ensureThread() {
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("valet-forker").start(this::work);
    }
  }

  private void work() {
    try {
      while (true) {
        jobs.take().run();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it.
    }
  }
}
