package dev.valet.agent.hatchet;

import dev.valet.agent.platform.time.Ticker;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.task.WorkFacts;
import dev.valet.common.health.AgentHealth.Hatchet;
import dev.valet.common.health.HatchetState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the health answer says about the work; drawn on the worker's context, read anywhere. */
final class FactSheet {
  private final LinkRunner runner;
  private final AttemptDesk desk;
  private final ResultDelivery results;
  private final Ticker ticker;
  private final WorkBoard board;

  private @Nullable Instant lastTaskAt;
  private @Nullable String misconfigured;
  private List<String> refused = List.of();
  private boolean draining;
  private boolean ending;
  private volatile Drawn drawn = new Drawn(WorkFacts.NONE, null);

  FactSheet(
      LinkRunner runner, AttemptDesk desk, ResultDelivery results, Ticker ticker, WorkBoard board) {
    this.runner = runner;
    this.desk = desk;
    this.results = results;
    this.ticker = ticker;
    this.board = board;
  }

  /** The stream's age grows by itself. */
  private record Drawn(WorkFacts facts, @Nullable Long streamSinceNanos) {}

  void assignedAt(Instant at) {
    lastTaskAt = at.truncatedTo(ChronoUnit.MILLIS);
  }

  void misconfigured(@Nullable String why) {
    misconfigured = why;
  }

  void refused(List<String> why) {
    refused = why;
  }

  void draining(boolean now) {
    draining = now;
    draw();
  }

  /** It drains and will not come back. */
  void ending() {
    ending = true;
    draining(true);
  }

  boolean isDraining() {
    return draining;
  }

  void draw() {
    WorkFacts before = drawn.facts();
    Duration age = runner.streamAge();
    WorkFacts facts = new WorkFacts(engine(), desk.active(), desk.stuck(), refused);
    drawn = new Drawn(facts, age == null ? null : (Long) (ticker.nanos() - age.toNanos()));
    if (matters(before, facts)) {
      board.changed();
    }
  }

  /** Numbers that only grow are drawn with the next sample. */
  private static boolean matters(WorkFacts before, WorkFacts now) {
    return before.engine().state() != now.engine().state()
        || before.active() != now.active()
        || before.stuck() != now.stuck()
        || !before.refused().equals(now.refused());
  }

  /** The facts now. */
  WorkFacts now() {
    Drawn last = drawn;
    Long since = last.streamSinceNanos();
    Hatchet engine = last.facts().engine();
    Long age = since == null ? null : (Long) Duration.ofNanos(ticker.nanos() - since).toSeconds();
    return new WorkFacts(
        new Hatchet(
            engine.state(),
            engine.detail(),
            engine.engineVersion(),
            engine.workerId(),
            age,
            engine.heartbeatMillis(),
            engine.lastTaskAt(),
            engine.reconnects(),
            engine.pendingEvents(),
            engine.duplicates()),
        last.facts().active(),
        last.facts().stuck(),
        last.facts().refused());
  }

  private Hatchet engine() {
    Link link = runner.link();
    EngineVersion version = runner.version();
    Duration roundTrip = runner.roundTrip();
    HatchetState state = state(link);
    return new Hatchet(
        state,
        state == HatchetState.CONNECTED ? null : detail(link),
        version == null ? null : version.text(),
        link.workerId(),
        null,
        roundTrip == null ? null : (Long) roundTrip.toMillis(),
        lastTaskAt,
        link.reconnects(),
        results.pending(),
        desk.duplicates());
  }

  private @Nullable String detail(Link link) {
    return misconfigured != null ? misconfigured : link.trouble();
  }

  private HatchetState state(Link link) {
    if (misconfigured != null) {
      return HatchetState.DEGRADED;
    }
    if (link.step() == Link.Step.IDLE) {
      return ending ? HatchetState.DRAINING : HatchetState.NOT_CONFIGURED;
    }
    if (draining) {
      return HatchetState.DRAINING;
    }
    if (link.unauthorized()) {
      return HatchetState.UNAUTHORIZED;
    }
    if (link.isConnected()) {
      return HatchetState.CONNECTED;
    }
    boolean neverWas = link.reconnects() == 0 && link.missedBeats() == 0;
    return link.workerId() == null || neverWas ? HatchetState.CONNECTING : HatchetState.DEGRADED;
  }
}
