package dev.valet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.platform.ApiSilence;
import dev.valet.agent.platform.PowerOff;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.task.WorkFacts;
import dev.valet.agent.testing.TestSettings;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadManSwitchTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nanos = new AtomicLong();
  private final ApiSilence silence = new ApiSilence(nanos::get);
  private final WorkBoard work = new WorkBoard();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int active;

  @AfterEach
  void close() {
    vertx.close();
  }

  private DeadManSwitch deadMan() {
    Settings settings = TestSettings.in(folder).with("VALET_DEAD_MAN_HOURS", "24").settings();
    work.source(() -> new WorkFacts(WorkFacts.NONE.engine(), active, 0, List.of()));
    return new DeadManSwitch(vertx, settings, silence, work, new PowerOff(settings));
  }

  private Path request() {
    return folder.resolve("requests/power-off");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aMachineThatNobodyOwnsGoesOffOnceNothingRuns() throws Exception {
    DeadManSwitch deadMan = deadMan();
    active = 1;
    pass(Duration.ofHours(27));
    deadMan.look(ended::countDown);
    assertThat(request()).doesNotExist();
    assertThat(ended.getCount()).isEqualTo(1);

    active = 0;
    deadMan.look(ended::countDown);

    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(request()).exists();
  }

  @Test
  void anApiThatIsHeardOfStartsTheTimeAnew() {
    DeadManSwitch deadMan = deadMan();
    pass(Duration.ofHours(23));
    silence.heard();
    pass(Duration.ofHours(23));

    deadMan.look(ended::countDown);

    assertThat(request()).doesNotExist();
    assertThat(ended.getCount()).isEqualTo(1);
  }

  @Test
  void aRequestThatOutlivedItsMachineDoesNotEndTheNextBoot() throws Exception {
    Files.createDirectories(request().getParent());
    Files.writeString(request(), "old");
    Settings settings = TestSettings.in(folder).settings();

    new PowerOff(settings).takeBack();

    assertThat(request()).doesNotExist();
  }
}
