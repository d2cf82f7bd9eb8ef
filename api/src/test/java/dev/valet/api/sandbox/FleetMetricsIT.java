package dev.valet.api.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.platform.loop.LoopRunner;
import dev.valet.api.testkit.Contract;
import dev.valet.api.testkit.GoodCalls;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus is told of the fleet and of the process. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class FleetMetricsIT {
  private static final Pattern PENDING =
      Pattern.compile("valet_sandboxes\\{health=\"unknown\",phase=\"pending\"} ([0-9.]+)");

  @Inject LoopRunner loops;

  @Test
  void sandboxesAreCountedByPhaseAndHealthOncePerPeriod() {
    GoodCalls.prepare(Contract.read());
    double before = counted();

    GoodCalls.prepare(Contract.read());

    assertThat(pending()).as("a scrape counts nothing").isEqualTo(before);
    assertThat(counted()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http_server_requests_seconds_count{",
        "sql_queue_size{",
        "sql_pool_active",
        "valet_sandboxes{",
        "valet_probed_sandboxes{",
        "jvm_memory_used_bytes{"
      })
  void partsThatOperatorsWatchAreThere(String series) {
    counted();
    assertThat(scrape()).contains(series);
  }

  private double counted() {
    loops.trigger("fleet-metrics").await().atMost(Duration.ofSeconds(10));
    return pending();
  }

  private static double pending() {
    Matcher row = PENDING.matcher(scrape());
    return row.find() ? Double.parseDouble(row.group(1)) : 0;
  }

  private static String scrape() {
    return given().get("/q/metrics").then().statusCode(200).extract().asString();
  }
}
