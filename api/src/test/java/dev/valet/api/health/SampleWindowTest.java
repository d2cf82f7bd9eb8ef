package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.agent.ProbeResult;
import dev.valet.common.health.AgentStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleWindowTest {
  private static final Instant MINUTE = Instant.parse("2026-01-01T00:00:00Z");
  private final SampleWindow window = new SampleWindow();
  private final Probed sandbox = Sandboxes.healthy(Sandboxes.id(1, 1), 1);

  @Test
  void minuteBecomesOneSampleWithLeastMeanAndMost() {
    add(cpu(0.2), 1);
    add(cpu(0.4), 11);
    add(cpu(0.9), 21);
    add(Sandboxes.failure(), 31);
    assertThat(window.takeClosed(MINUTE.plusSeconds(59), 10)).isEmpty();

    Sample sample = window.takeClosed(MINUTE.plusSeconds(60), 10).getFirst();

    assertThat(sample.minute()).isEqualTo(MINUTE);
    assertThat(sample.probes()).isEqualTo(4);
    assertThat(sample.failures()).isEqualTo(1);
    assertThat(sample.cpu().least()).isEqualTo(0.2f);
    assertThat(sample.cpu().mean()).isEqualTo(0.5f);
    assertThat(sample.cpu().most()).isEqualTo(0.9f);
    assertThat(sample.memory().mean()).isEqualTo(0.25f);
    assertThat(sample.disk().mean()).isNull();
    assertThat(window.takeClosed(MINUTE.plusSeconds(600), 10)).isEmpty();
  }

  @Test
  void nextMinuteIsAnotherSample() {
    add(cpu(0.1), 55);
    add(cpu(0.3), 65);

    List<Sample> samples = window.takeClosed(MINUTE.plusSeconds(120), 10);

    assertThat(samples).extracting(Sample::minute).containsExactly(MINUTE, MINUTE.plusSeconds(60));
  }

  @Test
  void samplesThatCouldNotBeStoredComeAgain() {
    add(cpu(0.1), 1);
    List<Sample> taken = window.takeClosed(MINUTE.plusSeconds(60), 10);
    window.putBack(taken);

    assertThat(window.takeClosed(MINUTE.plusSeconds(61), 10)).isEqualTo(taken);
  }

  private void add(ProbeResult answer, int second) {
    window.add(
        ResultPlanner.plan(
            sandbox, Sandboxes.result(sandbox, answer, MINUTE.plusSeconds(second)), false));
  }

  private static ProbeResult cpu(double share) {
    return Sandboxes.answer(AgentStatus.HEALTHY, share, List.of());
  }
}
