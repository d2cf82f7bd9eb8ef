package dev.valet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.desktop.RealDesktop;
import dev.valet.agent.testing.AgentProcess;
import dev.valet.agent.testing.FakeCloud;
import dev.valet.agent.testing.TestSettings;
import dev.valet.agent.testing.TestSigner;
import dev.valet.common.agent.VncMode;
import dev.valet.common.health.PartState;
import dev.valet.local.desktop.RfbClient;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.Waiting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent with its desktop, from outside. */
class AgentDesktopIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  @TempDir Path folder;

  @Test
  void theDesktopIsSeenThroughTheAgentAndDiesWithIt() throws Exception {
    RealDesktop.require();
    TestSigner api = new TestSigner();
    try (FakeCloud cloud = new FakeCloud()) {
      cloud.signsWith(api);
      int port = LoopbackPorts.free();
      try (AgentProcess agent = AgentProcess.start(folder, environment(cloud, port))) {
        String health = "http://127.0.0.1:" + port + "/health";
        agent.await(health, 200);
        Waiting.until(PATIENCE, POLL, () -> desktop(agent, health).equals(PartState.READY.wire()));

        String boot =
            new ObjectMapper().readTree(agent.await(health, 200).body()).path("bootId").asText();
        String target = VncMode.VIEW.target();
        URI uri = URI.create("ws://127.0.0.1:" + port + target);
        try (RfbClient viewer =
            RfbClient.open(uri, api.get(target, boot, Instant.now()), "binary").shakeHands()) {
          assertThat(viewer.subprotocol()).isEqualTo("binary");
          assertThat(viewer.frame()).isEqualTo(1280 * 800);
        }
        assertThat(RealDesktop.running(folder)).hasSize(2);
      }
      assertThat(Waiting.until(PATIENCE, POLL, () -> RealDesktop.running(folder).isEmpty()))
          .as("the agent was killed, and so ended its programs")
          .isTrue();
    }
  }

  private static String desktop(AgentProcess agent, String health) {
    try {
      return new ObjectMapper()
          .readTree(agent.get(health).orElseThrow().body())
          .path("desktop")
          .path("state")
          .asText();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> environment(FakeCloud cloud, int port) {
    return Map.of(
        "VALET_API_URL", cloud.url(),
        "VALET_SANDBOX_ID", TestSettings.SANDBOX.toString(),
        "VALET_BOOTSTRAP_TOKEN", "bootstrap-token-s3cr3t",
        "VALET_DESKTOP", "on",
        "HEALTH_HOST", "127.0.0.1",
        "HEALTH_PORT", String.valueOf(port),
        "AWS_EC2_METADATA_SERVICE_ENDPOINT", cloud.imdsUrl());
  }
}
