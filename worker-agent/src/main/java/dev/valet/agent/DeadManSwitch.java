package dev.valet.agent;

import dev.valet.agent.control.DeadManPlanner;
import dev.valet.agent.control.DeadManPlanner.Decision;
import dev.valet.agent.platform.ApiSilence;
import dev.valet.agent.platform.PowerOff;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.task.WorkFacts;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Switches the machine off when the API has not been heard of for too long and nothing runs. */
@Singleton
final class DeadManSwitch {
  private static final Logger LOG = Logger.getLogger(DeadManSwitch.class);
  private static final long PERIOD_MILLIS = 60_000;

  private final Vertx vertx;
  private final DeadManPlanner planner;
  private final ApiSilence silence;
  private final WorkBoard work;
  private final PowerOff power;
  private Decision last = Decision.WAIT;

  DeadManSwitch(
      Vertx vertx, Settings settings, ApiSilence silence, WorkBoard work, PowerOff power) {
    this.vertx = vertx;
    this.planner = new DeadManPlanner(settings.sandboxId(), settings.deadMan());
    this.silence = silence;
    this.work = work;
    this.power = power;
  }

  /**
   * Begins.
   *
   * @param end called once the machine is asked to go off
   */
  void start(Runnable end) {
    vertx
        .executeBlocking(power::takeBack)
        .onFailure(e -> LOG.errorf("an old request to switch off stays: %s", e.getMessage()));
    vertx.setPeriodic(PERIOD_MILLIS, timer -> look(end));
  }

  /** Always on one context. */
  void look(Runnable end) {
    Decision decision = planner.decide(silence.length(), isIdle());
    if (decision == last) {
      return;
    }
    last = decision;
    switch (decision) {
      case WAIT -> LOG.info("the API is back");
      case WAIT_FOR_TASKS -> LOG.warnf("%s; as soon as no task runs", silent());
      case POWER_OFF -> powerOff(end);
    }
  }

  private void powerOff(Runnable end) {
    LOG.warnf("%s; Valet starts it again when it is back", silent());
    vertx
        .executeBlocking(power::ask)
        .onSuccess(asked -> end.run())
        .onFailure(e -> {
          last = Decision.WAIT_FOR_TASKS; // so that the next look tries again
          LOG.errorf("the machine cannot be switched off: %s", e.getMessage());
        });
  }

  private String silent() {
    return "the API was not heard of for %d hours: this machine is switched off"
        .formatted(silence.length().toHours());
  }

  private boolean isIdle() {
    WorkFacts facts = work.facts();
    return facts.active() == 0 && facts.engine().pendingEvents() == 0;
  }
}
