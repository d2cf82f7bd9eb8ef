package dev.valet.agent.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.platform.CachedAnswer;
import dev.valet.agent.platform.ClockSkew;
import dev.valet.agent.platform.NoticeBoard;
import dev.valet.agent.platform.PartsBoard;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.sysmetrics.SystemSample;
import dev.valet.agent.task.WorkBoard;
import dev.valet.common.health.AgentStatus;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The current health answers. They are drawn anew with every sample and every step of the
 * lifecycle, so that a request costs nothing but the sending.
 */
@Singleton
final class HealthBoard {
  private final Settings settings;
  private final ProcessFacts process;
  private final Lifecycle lifecycle;
  private final WorkBoard work;
  private final PartsBoard parts;
  private final ClockSkew skew;
  private final NoticeBoard notices;
  private final ObjectMapper json;

  private SystemSample sample;
  private boolean overdue;
  private volatile Drawn drawn;

  HealthBoard(
      Settings settings,
      ProcessFacts process,
      Lifecycle lifecycle,
      WorkBoard work,
      PartsBoard parts,
      ClockSkew skew,
      NoticeBoard notices,
      ObjectMapper json,
      Clock clock) {
    this.settings = settings;
    this.process = process;
    this.lifecycle = lifecycle;
    this.work = work;
    this.parts = parts;
    this.skew = skew;
    this.notices = notices;
    this.json = json;
    this.sample = SystemSample.none(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    this.drawn = draw();
    lifecycle.onChange(state -> redraw());
    work.onChange(this::redraw);
    parts.onChange(this::redraw);
    skew.onChange(this::redraw);
    notices.onChange(this::redraw);
  }

  /** Everything that is answered, drawn from the same facts. */
  record Drawn(
      HealthReport report, SystemSample sample, CachedAnswer health, CachedAnswer readiness) {}

  /** What to answer now. */
  Drawn drawn() {
    return drawn;
  }

  synchronized void sampled(SystemSample fresh) {
    sample = fresh;
    overdue = false;
    redraw();
  }

  /** The sampler hangs. */
  synchronized void sampleOverdue() {
    overdue = true;
    redraw();
  }

  private synchronized void redraw() {
    drawn = draw();
  }

  private synchronized Drawn draw() {
    HealthReport report =
        HealthReport.of(
            settings,
            process,
            lifecycle.current(),
            work.facts(),
            parts,
            skew.current(),
            notices.current(),
            sample,
            overdue);
    AgentStatus status = report.health().status();
    boolean works = status == AgentStatus.HEALTHY || status == AgentStatus.DEGRADED;
    return new Drawn(
        report,
        sample,
        CachedAnswer.json(works ? 200 : 503, report.health(), json),
        readiness(report));
  }

  private CachedAnswer readiness(HealthReport report) {
    return report.shortcomings().isEmpty()
        ? CachedAnswer.json(200, Map.of("ready", true), json)
        : CachedAnswer.problem(503, "Not ready", String.join("; ", report.shortcomings()), json);
  }
}
