package dev.valet.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.agent.testing.FakeCloud;
import dev.valet.agent.testing.FakeCloud.Answer;
import dev.valet.agent.testing.TestSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImdsTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final FakeCloud cloud = new FakeCloud();

  @AfterEach
  void close() {
    cloud.close();
    var _ = vertx.close();
  }

  private Map<String, String> placement() throws Exception {
    Imds imds =
        new Imds(
            new HttpCalls(vertx),
            TestSettings.in(folder)
                .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", cloud.imdsUrl())
                .settings());
    Future<Map<String, String>> asked = imds.placement();
    return asked.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void placementIsRegionAndZone() throws Exception {
    cloud.onImds("placement/region", new Answer(200, "eu-west-1\n"));
    cloud.onImds("placement/availability-zone", new Answer(200, "eu-west-1b"));

    assertThat(placement()).isEqualTo(Map.of("region", "eu-west-1", "zone", "eu-west-1b"));
  }

  @Test
  void whatIsNoPlaceIsNoLabel() {
    cloud.onImds("placement/region", new Answer(200, "<html>"));
    cloud.onImds("placement/availability-zone", new Answer(200, "eu-west-1b"));

    assertThatThrownBy(this::placement).hasMessageContaining("placement is malformed");
  }
}
