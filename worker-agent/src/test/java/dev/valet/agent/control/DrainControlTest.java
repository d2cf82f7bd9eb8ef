package dev.valet.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.lifecycle.LifecycleState.Paused;
import dev.valet.agent.lifecycle.LifecycleState.Ready;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.task.WorkFacts;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.health.AgentHealth.Drain;
import dev.valet.common.health.AgentHealth.Hatchet;
import dev.valet.common.health.HatchetState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainControlTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final AgentConfig CONFIG = new AgentConfig(new UUID(1, 2), 3, List.of(), "a2V5");
  private static final Drain SPOT = new Drain("EC2 takes this spot instance back", NOW);

  private final Lifecycle lifecycle = new Lifecycle();
  private final WorkBoard work = new WorkBoard();
  private final List<Runnable> timers = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final DrainControl drains =
      new DrainControl(this::later, lifecycle, work, Clock.fixed(NOW, ZoneOffset.UTC));

  private void later(Duration delay, Runnable what) {
    if (delay.isZero()) {
      what.run();
    } else {
      delays.add(delay);
      timers.add(what);
    }
  }

  @Test
  void aDrainTakesNoTasksUntilItIsTakenBack() {
    becomeReady();
    work.source(() ->
        new WorkFacts(
            new Hatchet(HatchetState.CONNECTED, null, null, "w1", null, null, null, 0, 7, 0),
            2,
            0,
            List.of()));

    assertThat(drain(90))
        .isEqualTo(
            new CommandReply.Done(
                Map.of(
                    "lifecycle",
                    "draining",
                    "active",
                    2,
                    "registered",
                    true,
                    "pendingEvents",
                    7L)));
    assertThat(lifecycle.current())
        .isInstanceOfSatisfying(
            Paused.class,
            paused -> {
              assertThat(paused.why().deadline()).isEqualTo(NOW.plusSeconds(90));
              assertThat(paused.why().reason()).contains("the API asked");
            });

    assertThat(resume()).isInstanceOf(CommandReply.Done.class);
    assertThat(lifecycle.current()).isEqualTo(new Ready(CONFIG));
  }

  @Test
  void bothCommandsMayBeRepeatedAndALaterDeadlineCounts() {
    becomeReady();
    drain(90);
    Object before = lifecycle.current();
    assertThat(drain(91)).isInstanceOf(CommandReply.Done.class);
    assertThat(lifecycle.current()).as("a matter of rounding").isSameAs(before);
    assertThat(drain(200)).isInstanceOf(CommandReply.Done.class);

    assertThat(lifecycle.current())
        .isInstanceOfSatisfying(
            Paused.class,
            paused -> assertThat(paused.why().deadline()).isEqualTo(NOW.plusSeconds(200)));
    resume();
    assertThat(resume()).isInstanceOf(CommandReply.Done.class);
    assertThat(lifecycle.current()).isInstanceOf(Ready.class);
  }

  @Test
  void anApiThatFallsSilentDoesNotKeepTheAgentIdleForGood() {
    becomeReady();
    drain(90);
    drain(200);
    assertThat(delays).containsExactly(Duration.ofSeconds(90 + 300), Duration.ofSeconds(200 + 300));

    timers.getFirst().run();
    assertThat(lifecycle.current()).isInstanceOf(Paused.class);
    timers.getLast().run();
    assertThat(lifecycle.current()).isInstanceOf(Ready.class);
  }

  @Test
  void nobodyTakesBackWhatEc2Announces() {
    becomeReady();
    drain(90);
    drains.announced(SPOT);

    assertThat(resume()).isEqualTo(new CommandReply.Refused(409, SPOT.reason()));
    assertThat(lifecycle.current()).isEqualTo(new Paused(CONFIG, SPOT));

    drains.announced(null);
    assertThat(lifecycle.current()).isEqualTo(new Ready(CONFIG));
  }

  @Test
  void whatIsAnnouncedBeforeEnrolmentCountsAfterIt() {
    drains.announced(SPOT);
    becomeReady();

    assertThat(lifecycle.current()).isEqualTo(new Paused(CONFIG, SPOT));
  }

  @Test
  void aProcessThatEndsIsNotBroughtBack() {
    becomeReady();
    lifecycle.drain();

    assertThat(resume()).isEqualTo(new CommandReply.Refused(409, "the process is ending"));
    assertThat(drain(5)).isInstanceOf(CommandReply.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "86401", "1.5", "\"60\"", "null", "99999999999", "[]"})
  void aDeadlineOutOfRangeIsRefused(String seconds) throws Exception {
    becomeReady();
    JsonNode body =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree("{\"deadlineSeconds\":" + seconds + "}");

    assertThat(drains.drain(body).result())
        .isInstanceOfSatisfying(
            CommandReply.Refused.class, no -> assertThat(no.status()).isEqualTo(400));
    assertThat(lifecycle.current()).isInstanceOf(Ready.class);
  }

  private void becomeReady() {
    lifecycle.beginEnrolment();
    lifecycle.enrolled(CONFIG);
  }

  private CommandReply drain(int seconds) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("deadlineSeconds", seconds);
    return drains.drain(body).result();
  }

  private CommandReply resume() {
    return drains.resume(JsonNodeFactory.instance.objectNode()).result();
  }
}
