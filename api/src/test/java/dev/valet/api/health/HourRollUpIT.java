package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.platform.loop.LoopRunner;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class HourRollUpIT {
  @Inject HealthBeans injected;
  @Inject LoopRunner loops;

  private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private HealthBeans beans;

  @BeforeEach
  void noSamples() {
    beans = injected.self();
    Owner.run("TRUNCATE health_sample, health_sample_hour, health_hour_due");
  }

  @Test
  void whatTheWriterStoresIsRolledUpOnceItsHourIsOver() {
    UUID sandbox = UUID.randomUUID();
    store(sandbox, hour.minusSeconds(3 * 3_600));
    store(sandbox, hour.minusSeconds(3 * 3_600 - 3_540));
    store(sandbox, hour.minusSeconds(2 * 3_600));
    store(sandbox, hour);
    loops.trigger(HourRollUp.NAME).await().atMost(Duration.ofSeconds(20));

    assertThat(
            beans.texts(
                "SELECT minutes || ' ' || probes || ' ' || failures FROM health_sample_hour"
                    + " WHERE sandbox_id = $1 ORDER BY hour",
                sandbox))
        .containsExactly("2 2 2", "1 1 1");
    assertThat(beans.texts("SELECT extract(epoch FROM hour)::bigint FROM health_hour_due"))
        .containsExactly(Long.toString(hour.getEpochSecond()));
  }

  @Test
  void monthsAreMadeAheadAndOldOnesAreDropped() {
    Owner.run(
        "CREATE TABLE health_sample_hour_202401 PARTITION OF health_sample_hour"
            + " FOR VALUES FROM ('2024-01-01 00:00Z') TO ('2024-02-01 00:00Z')");
    assertThat(beans.text("SELECT health_hour_make_partitions(5)")).isEqualTo("3");
    assertThat(beans.text("SELECT health_hour_drop_partitions('2024-01-31 23:59Z')"))
        .isEqualTo("0");
    assertThat(beans.text("SELECT health_hour_drop_partitions('2024-02-01 00:00Z')"))
        .isEqualTo("1");
  }

  private void store(UUID sandbox, Instant minute) {
    Sample sample = new Sample(sandbox, minute);
    sample.add(null);
    beans.write(tx -> beans.samples.insert(tx, List.of(sample)));
  }
}
