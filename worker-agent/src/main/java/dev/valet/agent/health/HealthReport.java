package dev.valet.agent.health;

import dev.valet.agent.lifecycle.LifecycleState;
import dev.valet.agent.lifecycle.LifecycleState.Draining;
import dev.valet.agent.lifecycle.LifecycleState.Enrolling;
import dev.valet.agent.lifecycle.LifecycleState.Paused;
import dev.valet.agent.lifecycle.LifecycleState.Ready;
import dev.valet.agent.lifecycle.LifecycleState.Starting;
import dev.valet.agent.lifecycle.LifecycleState.Stopped;
import dev.valet.agent.platform.DesktopMode;
import dev.valet.agent.platform.PartsBoard;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.sysmetrics.SystemSample;
import dev.valet.agent.task.WorkFacts;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.AgentHealth.Engine;
import dev.valet.common.health.AgentHealth.Hatchet;
import dev.valet.common.health.AgentHealth.Part;
import dev.valet.common.health.AgentHealth.Tasks;
import dev.valet.common.health.AgentHealth.Usage;
import dev.valet.common.health.AgentStatus;
import dev.valet.common.health.PartState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of the agent on itself; pure.
 *
 * @param health body of {@code /health}
 * @param shortcomings why it is not ready, in words; empty when it is
 */
record HealthReport(AgentHealth health, List<String> shortcomings) {
  /** Below this a browser cannot even write its profile. */
  static final long LEAST_FREE_DISK_BYTES = 256L * 1024 * 1024;

  /**
   * Draws the report.
   *
   * @param skew by how much the API's clock is ahead; null if not known
   * @param notices what EC2 has announced for the machine
   * @param sampleOverdue the sampler is stuck, so that the sample tells of the past
   */
  static HealthReport of(
      Settings settings,
      ProcessFacts process,
      LifecycleState state,
      WorkFacts work,
      PartsBoard parts,
      @Nullable Duration skew,
      List<String> notices,
      SystemSample sample,
      boolean sampleOverdue) {
    List<String> shortcomings = new ArrayList<>();
    lifecycleShortcoming(state).ifPresent(shortcomings::add);
    boolean cutOff = state instanceof Ready && isCutOff(work.engine());
    if (cutOff) {
      shortcomings.add(
          "no tasks can come: "
              + Objects.requireNonNullElse(work.engine().detail(), work.engine().state().wire()));
    }
    AgentConfig config = state.config();
    List<Engine> engines =
        (config == null ? settings.engines() : config.engines())
            .stream().map(parts::engine).toList();
    List<Engine> broken = engines.stream().filter(HealthReport::isBroken).toList();
    broken.forEach(engine -> shortcomings.add(shortcoming(engine)));
    Part desktop = parts.desktop();
    boolean blind = settings.desktop() == DesktopMode.ON && desktop.state() == PartState.FAILED;
    if (blind) {
      shortcomings.add("the desktop does not work: " + desktop.detail());
    }
    boolean diskLow = isLow(sample.disk());
    if (diskLow) {
      shortcomings.add("less than 256 MiB are free on the disk of " + settings.stateDir());
    }
    if (sampleOverdue) {
      shortcomings.add("the machine does not answer: reading /proc or the disk hangs");
    }
    int capacity = config == null ? settings.capacity() : config.capacity();
    AgentHealth health =
        new AgentHealth(
            status(state, diskLow || cutOff || blind || !broken.isEmpty(), sampleOverdue),
            process.version(),
            settings.sandboxId(),
            process.bootId(),
            process.uptime().toSeconds(),
            state.name(),
            rounded(sample.cpu()),
            sample.memory(),
            sample.disk(),
            work.engine(),
            engines,
            desktop,
            new Tasks(work.active(), capacity, work.stuck(), work.refused()),
            skew == null ? null : skew.toMillis(),
            state instanceof Paused paused ? paused.why() : null,
            notices,
            sample.takenAt());
    return new HealthReport(health, List.copyOf(shortcomings));
  }

  /** A draining agent still does what it has begun, hence degraded. */
  private static AgentStatus status(LifecycleState state, boolean impaired, boolean sampleOverdue) {
    return switch (state) {
      case Starting starting -> AgentStatus.STARTING;
      case Enrolling enrolling -> AgentStatus.STARTING;
      case Stopped stopped -> AgentStatus.UNHEALTHY;
      case Ready ready when sampleOverdue -> AgentStatus.UNHEALTHY;
      case Ready ready -> impaired ? AgentStatus.DEGRADED : AgentStatus.HEALTHY;
      case Paused paused -> sampleOverdue ? AgentStatus.UNHEALTHY : AgentStatus.DEGRADED;
      case Draining draining -> sampleOverdue ? AgentStatus.UNHEALTHY : AgentStatus.DEGRADED;
    };
  }

  private static Optional<String> lifecycleShortcoming(LifecycleState state) {
    return switch (state) {
      case Starting starting -> Optional.of("starting");
      case Enrolling enrolling -> Optional.of("enrolling: " + enrolling.reason());
      case Ready ready -> Optional.empty();
      case Paused paused ->
          Optional.of("draining: takes no new tasks, because " + paused.why().reason());
      case Draining draining -> Optional.of("draining: takes no new tasks");
      case Stopped stopped -> Optional.of("stopped: about to exit");
    };
  }

  /** Tasks come by the stream: a heartbeat alone brings none. */
  private static boolean isCutOff(Hatchet engine) {
    return switch (engine.state()) {
      case NOT_CONFIGURED, CONNECTED -> false;
      case CONNECTING, DEGRADED, UNAUTHORIZED, DRAINING -> true;
    };
  }

  private static boolean isBroken(Engine engine) {
    return engine.state() == PartState.FAILED;
  }

  private static String shortcoming(Engine engine) {
    return "engine " + engine.name() + ": " + Objects.requireNonNullElse(engine.detail(), "failed");
  }

  private static boolean isLow(@Nullable Usage disk) {
    return disk != null && disk.totalBytes() - disk.usedBytes() < LEAST_FREE_DISK_BYTES;
  }

  /** Four digits are plenty for a share. */
  private static @Nullable Double rounded(@Nullable Double share) {
    return share == null ? null : Math.round(share * 10_000) / 10_000.0;
  }
}
