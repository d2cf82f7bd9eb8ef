package dev.valet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.control.DrainControl;
import dev.valet.agent.control.TestDrains;
import dev.valet.agent.identity.CloudNotices;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.lifecycle.LifecycleState.Paused;
import dev.valet.agent.lifecycle.LifecycleState.Ready;
import dev.valet.agent.platform.NoticeBoard;
import dev.valet.common.agent.AgentConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticeWatchTest {
  private static final Instant START = Instant.parse("2026-03-04T05:00:00Z");
  private static final CloudNotices NONE = new CloudNotices(null, "[]", null);
  private static final CloudNotices SPOT =
      new CloudNotices("{\"action\":\"stop\",\"time\":\"2026-03-04T05:02:00Z\"}", "[]", null);

  private final Vertx vertx = Vertx.vertx();
  private final Lifecycle lifecycle = new Lifecycle();
  private final NoticeBoard board = new NoticeBoard();
  private final List<Duration> ends = new ArrayList<>();
  private Instant now = START;
  private Future<CloudNotices> answer = Future.succeededFuture(NONE);

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private final DrainControl drains = TestDrains.of(lifecycle, clock);
  private final NoticeWatch watch = new NoticeWatch(vertx, () -> answer, drains, board, clock);

  @AfterEach
  void close() {
    vertx.close();
  }

  private void lookAt(int seconds) {
    now = START.plusSeconds(seconds);
    watch.look(ends::add);
  }

  @Test
  void aNoticeDrainsAndTheEndComesOnceShortlyBefore() {
    becomeReady();
    lookAt(0);
    assertThat(lifecycle.current()).isInstanceOf(Ready.class);

    answer = Future.succeededFuture(SPOT);
    lookAt(5);
    assertThat(lifecycle.current()).isInstanceOf(Paused.class);
    assertThat(board.current()).hasSize(1);
    lookAt(104);
    assertThat(ends).isEmpty();
    answer = Future.failedFuture("the service does not answer");
    lookAt(107);
    lookAt(112);

    assertThat(ends).containsExactly(Duration.ofSeconds(3));
    assertThat(lifecycle.current()).isInstanceOf(Paused.class);
  }

  @Test
  void aServiceThatDoesNotAnswerChangesNothing() {
    becomeReady();
    answer = Future.succeededFuture(SPOT);
    lookAt(0);
    answer = Future.failedFuture("the service does not answer");
    lookAt(5);
    assertThat(lifecycle.current()).isInstanceOf(Paused.class);

    answer = Future.succeededFuture(NONE);
    lookAt(10);
    assertThat(lifecycle.current()).isInstanceOf(Ready.class);
    assertThat(board.current()).isEmpty();
  }

  private void becomeReady() {
    lifecycle.beginEnrolment();
    lifecycle.enrolled(new AgentConfig(new UUID(1, 2), 1, List.of(), "a2V5"));
  }
}
