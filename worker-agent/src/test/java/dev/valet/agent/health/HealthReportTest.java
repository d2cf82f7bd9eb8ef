package dev.valet.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.lifecycle.LifecycleState;
import dev.valet.agent.lifecycle.LifecycleState.Draining;
import dev.valet.agent.lifecycle.LifecycleState.Enrolling;
import dev.valet.agent.lifecycle.LifecycleState.Paused;
import dev.valet.agent.lifecycle.LifecycleState.Ready;
import dev.valet.agent.lifecycle.LifecycleState.Starting;
import dev.valet.agent.lifecycle.LifecycleState.Stopped;
import dev.valet.agent.platform.PartsBoard;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.sysmetrics.SystemSample;
import dev.valet.agent.task.WorkFacts;
import dev.valet.agent.testing.TestSettings;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.AgentHealth.Drain;
import dev.valet.common.health.AgentHealth.Engine;
import dev.valet.common.health.AgentHealth.Hatchet;
import dev.valet.common.health.AgentHealth.Part;
import dev.valet.common.health.AgentHealth.Usage;
import dev.valet.common.health.AgentLifecycle;
import dev.valet.common.health.AgentStatus;
import dev.valet.common.health.HatchetState;
import dev.valet.common.health.PartState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HealthReportTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final long GIB = 1L << 30;
  private static final Usage ROOMY = new Usage(10 * GIB, 20 * GIB);
  private static final Usage FULL = new Usage(20 * GIB - (255L << 20), 20 * GIB);
  private static final AgentConfig CONFIG =
      new AgentConfig(TestSettings.SANDBOX, 7, List.of("firefox"), "a2V5");
  private static final Paused PAUSED = new Paused(CONFIG, new Drain("EC2 says so", AT));
  private static final Settings SETTINGS =
      TestSettings.in(Path.of("/nowhere"))
          .with("VALET_CAPACITY", "2")
          .with("VALET_ENGINES", "chromium,firefox")
          .settings();

  static Stream<Arguments> verdicts() {
    Ready ready = new Ready(CONFIG);
    Draining draining = new Draining(CONFIG);
    return Stream.of(
        Arguments.of(new Starting(), ROOMY, false, AgentStatus.STARTING, "starting"),
        Arguments.of(new Enrolling("API away"), ROOMY, false, AgentStatus.STARTING, "API away"),
        Arguments.of(ready, ROOMY, false, AgentStatus.HEALTHY, ""),
        Arguments.of(ready, null, false, AgentStatus.HEALTHY, ""),
        Arguments.of(ready, FULL, false, AgentStatus.DEGRADED, "256 MiB"),
        Arguments.of(ready, ROOMY, true, AgentStatus.UNHEALTHY, "hangs"),
        Arguments.of(ready, FULL, true, AgentStatus.UNHEALTHY, "256 MiB"),
        Arguments.of(PAUSED, ROOMY, false, AgentStatus.DEGRADED, "because EC2 says so"),
        Arguments.of(PAUSED, ROOMY, true, AgentStatus.UNHEALTHY, "hangs"),
        Arguments.of(draining, ROOMY, false, AgentStatus.DEGRADED, "draining"),
        Arguments.of(draining, ROOMY, true, AgentStatus.UNHEALTHY, "draining"),
        Arguments.of(new Stopped(null), ROOMY, false, AgentStatus.UNHEALTHY, "stopped"));
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void verdictFollowsLifecycleDiskAndSampler(
      LifecycleState state, Usage disk, boolean overdue, AgentStatus status, String shortcoming) {
    HealthReport report = report(state, disk, overdue);

    assertThat(report.health().status()).isEqualTo(status);
    assertThat(report.health().lifecycle()).isEqualTo(state.name());
    assertThat(String.join("; ", report.shortcomings())).contains(shortcoming);
    assertThat(report.shortcomings().isEmpty()).isEqualTo(status == AgentStatus.HEALTHY);
  }

  @Test
  void whyAndUntilWhenNoTasksAreTakenIsTold() {
    assertThat(report(PAUSED, ROOMY, false).health().drain()).isEqualTo(PAUSED.why());
    assertThat(report(new Ready(CONFIG), ROOMY, false).health().drain()).isNull();
  }

  @Test
  void beforeEnrolmentTheSettingsTellCapacityAndEngines() {
    AgentHealth health = report(new Starting(), ROOMY, false).health();

    assertThat(health.tasks()).isEqualTo(new AgentHealth.Tasks(0, 2));
    assertThat(health.engines())
        .containsExactly(
            new Engine("chromium", PartState.NOT_CONFIGURED, null),
            new Engine("firefox", PartState.NOT_CONFIGURED, null));
  }

  @Test
  void afterEnrolmentTheApiTellsThem() {
    AgentHealth health = report(new Ready(CONFIG), ROOMY, false).health();

    assertThat(health.tasks().capacity()).isEqualTo(7);
    assertThat(health.engines()).extracting(Engine::name).containsExactly("firefox");
  }

  @Test
  void factsOfProcessAndSampleAreTold() {
    AgentHealth health = report(new Ready(CONFIG), ROOMY, false).health();

    assertThat(health.version()).isEqualTo("1.2.3");
    assertThat(health.sandboxId()).isEqualTo(TestSettings.SANDBOX);
    assertThat(health.bootId()).isEqualTo("boot-0123456789abcdef");
    assertThat(health.uptimeSeconds()).isEqualTo(90);
    assertThat(health.lifecycle()).isEqualTo(AgentLifecycle.READY);
    assertThat(health.cpu()).isEqualTo(0.1235);
    assertThat(health.memory()).isEqualTo(new Usage(1, 2));
    assertThat(health.disk()).isEqualTo(ROOMY);
    assertThat(health.hatchet().state()).isEqualTo(HatchetState.NOT_CONFIGURED);
    assertThat(health.desktop().state()).isEqualTo(PartState.NOT_CONFIGURED);
    assertThat(health.clockSkewMillis()).isEqualTo(-7_000);
    assertThat(health.notices()).containsExactly("EC2 recommends something");
    assertThat(health.checkedAt()).isEqualTo(AT);
  }

  @ParameterizedTest
  @EnumSource(HatchetState.class)
  void readinessFollowsTheTaskStreamWhereThereIsAnEngine(HatchetState engine) {
    Hatchet hatchet = Hatchet.of(engine, "the task stream ended");
    WorkFacts work = new WorkFacts(hatchet, 2, 1, List.of("a.yaml: not YAML"));

    HealthReport report = report(new Ready(CONFIG), work, ROOMY, false);

    boolean fine = engine == HatchetState.CONNECTED || engine == HatchetState.NOT_CONFIGURED;
    assertThat(report.shortcomings().isEmpty()).isEqualTo(fine);
    assertThat(report.health().status())
        .isEqualTo(fine ? AgentStatus.HEALTHY : AgentStatus.DEGRADED);
    assertThat(report.health().hatchet()).isEqualTo(hatchet);
    assertThat(report.health().tasks())
        .isEqualTo(new AgentHealth.Tasks(2, 7, 1, List.of("a.yaml: not YAML")));
  }

  @ParameterizedTest
  @CsvSource({
    "on, FAILED, DEGRADED",
    "on, STARTING, HEALTHY",
    "on, READY, HEALTHY",
    "auto, FAILED, HEALTHY",
    "off, NOT_CONFIGURED, HEALTHY"
  })
  void healthDependsOnTheDesktopWhereItIsDeclared(
      String mode, PartState state, AgentStatus status) {
    Settings settings = TestSettings.in(Path.of("/nowhere")).with("VALET_DESKTOP", mode).settings();
    PartsBoard parts = new PartsBoard();
    parts.desktop(() -> new Part(state, "x11vnc ended"));

    HealthReport report = report(settings, parts, new Ready(CONFIG), WorkFacts.NONE, ROOMY, false);

    assertThat(report.health().status()).isEqualTo(status);
    assertThat(report.health().desktop()).isEqualTo(new Part(state, "x11vnc ended"));
    assertThat(report.shortcomings())
        .isEqualTo(
            status == AgentStatus.HEALTHY
                ? List.of()
                : List.of("the desktop does not work: x11vnc ended"));
  }

  @ParameterizedTest
  @EnumSource(PartState.class)
  void anEngineThatFailedDegradesAndOneThatIsUnknownDoesNot(PartState engine) {
    PartsBoard parts = new PartsBoard();
    parts.engines(name -> new Engine(name, engine, "install it"));

    HealthReport report = report(SETTINGS, parts, new Ready(CONFIG), WorkFacts.NONE, ROOMY, false);

    boolean failed = engine == PartState.FAILED;
    assertThat(report.health().status())
        .isEqualTo(failed ? AgentStatus.DEGRADED : AgentStatus.HEALTHY);
    assertThat(String.join("; ", report.shortcomings()))
        .isEqualTo(failed ? "engine firefox: install it" : "");
  }

  private static HealthReport report(LifecycleState state, Usage disk, boolean overdue) {
    return report(state, WorkFacts.NONE, disk, overdue);
  }

  private static HealthReport report(
      LifecycleState state, WorkFacts work, Usage disk, boolean overdue) {
    return report(SETTINGS, new PartsBoard(), state, work, disk, overdue);
  }

  private static HealthReport report(
      Settings settings,
      PartsBoard parts,
      LifecycleState state,
      WorkFacts work,
      Usage disk,
      boolean overdue) {
    SystemSample sample = new SystemSample(AT, 0.12345678, new Usage(1, 2), disk, 3, 4);
    return HealthReport.of(
        settings,
        TestSettings.process(Duration.ofSeconds(90)),
        state,
        work,
        parts,
        Duration.ofSeconds(-7),
        List.of("EC2 recommends something"),
        sample,
        overdue);
  }
}
