package dev.valet.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.sysmetrics.SystemSample;
import dev.valet.common.health.AgentHealth.Usage;
import dev.valet.common.health.AgentStatus;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleLoopTest {
  private static final SystemSample SAMPLE =
      new SystemSample(Instant.EPOCH, 0.25, null, new Usage(1, 1L << 40), 0, 0);

  @TempDir Path stateDir;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final BlockingQueue<SystemSample> disk = new ArrayBlockingQueue<>(10);
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch reading = new CountDownLatch(1);

  @AfterEach
  void close() throws Exception {
    disk.add(SAMPLE);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void diskThatHangsTurnsTheAgentUnhealthyUntilItAnswersAgain() throws Exception {
    HealthBoard board = TestBoard.ready(stateDir);
    SampleLoop loop = new SampleLoop(vertx, this::read, board);

    tick(loop);
    assertThat(reading.await(10, TimeUnit.SECONDS)).as("a reader has begun").isTrue();
    tick(loop);
    tick(loop);
    assertThat(board.drawn().report().health().status()).isEqualTo(AgentStatus.HEALTHY);
    tick(loop);
    assertThat(board.drawn().report().health().status()).isEqualTo(AgentStatus.UNHEALTHY);
    assertThat(board.drawn().health().status()).isEqualTo(503);
    assertThat(begun).as("no second reader piles up behind the first").hasValue(1);

    disk.add(SAMPLE);
    awaitSample(board, loop);
    assertThat(board.drawn().report().health().status()).isEqualTo(AgentStatus.HEALTHY);
    assertThat(board.drawn().report().health().cpu()).isEqualTo(0.25);
  }

  @Test
  void failedSampleIsFollowedByTheNext() throws Exception {
    HealthBoard board = TestBoard.ready(stateDir);
    disk.add(SAMPLE);
    SampleLoop loop =
        new SampleLoop(
            vertx,
            () -> {
              if (begun.get() == 0) {
                begun.incrementAndGet();
                throw new IllegalStateException("no /proc today");
              }
              return read();
            },
            board);

    awaitSample(board, loop);

    assertThat(begun.get()).isGreaterThanOrEqualTo(2);
  }

  private SystemSample read() throws InterruptedException {
    begun.incrementAndGet();
    reading.countDown();
    return disk.take();
  }

  private void awaitSample(HealthBoard board, SampleLoop loop) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!board.drawn().sample().equals(SAMPLE) && System.nanoTime() < end) {
      if (disk.isEmpty()) {
        disk.add(SAMPLE);
      }
      tick(loop);
    }
    assertThat(board.drawn().sample()).isSameAs(SAMPLE);
  }

  private void tick(SampleLoop loop) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(begin -> {
      loop.tick();
      done.complete(null);
    });
    done.get(10, TimeUnit.SECONDS);
  }
}
