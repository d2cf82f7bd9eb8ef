package dev.valet.agent.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.platform.ClockSkew;
import dev.valet.agent.platform.NoticeBoard;
import dev.valet.agent.platform.PartsBoard;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.testing.TestSettings;
import dev.valet.common.agent.AgentConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Health boards with a lifecycle that a test drives. */
final class TestBoard {
  static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private TestBoard() {}

  static HealthBoard of(Lifecycle lifecycle, Path stateDir) {
    return new HealthBoard(
        TestSettings.in(stateDir).settings(),
        TestSettings.process(Duration.ofSeconds(90)),
        lifecycle,
        new WorkBoard(),
        new PartsBoard(),
        new ClockSkew(),
        new NoticeBoard(),
        JSON,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  static HealthBoard ready(Path stateDir) {
    Lifecycle lifecycle = new Lifecycle();
    HealthBoard board = of(lifecycle, stateDir);
    becomeReady(lifecycle);
    return board;
  }

  static void becomeReady(Lifecycle lifecycle) {
    lifecycle.beginEnrolment();
    lifecycle.enrolled(new AgentConfig(TestSettings.SANDBOX, 3, List.of("chromium"), "a2V5"));
  }
}
