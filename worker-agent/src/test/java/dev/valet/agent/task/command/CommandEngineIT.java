package dev.valet.agent.task.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.engine.EngineRig;
import dev.valet.agent.engine.process.ProcessRig;
import dev.valet.agent.netguard.TestProxy;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.testing.Browsers;
import dev.valet.agent.testing.TestAttempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that talks to the browser that it was given. */
class CommandEngineIT {
  /** Opens a WebSocket as a client without any library would. */
  private static final String SCRIPT =
      """
      hostport=${VALET_ENGINE_ENDPOINT#ws://}; path=/${hostport#*/}; hostport=${hostport%%/*}
      exec 3<>/dev/tcp/${hostport%:*}/${hostport#*:}
      printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n' \
        "$path" "$hostport" >&3
      printf 'Sec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\\r\\n\\r\\n' >&3
      read -r _ status _ <&3
      echo "{\\"engine\\":\\"$VALET_ENGINE\\",\\"protocol\\":\\"$VALET_ENGINE_PROTOCOL\\",\\"status\\":$status}"
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"chromium,cdp", "firefox,bidi"})
  void aProgramReachesItsBrowser(String engine, String protocol) throws Exception {
    Browsers.require(engine);
    try (EngineRig rig =
        new EngineRig(ProcessRig.shortRoot(), new TestProxy(), List.of(), List.of(80))) {
      rig.engines.use(List.of(engine), 1);
      CommandSpec spec =
          new CommandSpec(
              "talk",
              List.of("bash", "-c", SCRIPT),
              engine,
              1,
              Duration.ofSeconds(30),
              0,
              Map.of(),
              folder,
              1_000);

      var outcome = new CommandHandler(spec, rig.engines, Map::of).run(new TestAttempt("{}"));

      assertThat(outcome).isInstanceOf(Completed.class);
      JsonNode told = new JsonMapper().readTree(((Completed) outcome).output());
      assertThat(told.path("engine").asText()).isEqualTo(engine);
      assertThat(told.path("protocol").asText()).isEqualTo(protocol);
      assertThat(told.path("status").asInt()).isEqualTo(101);
      assertThat(rig.board.engine(engine).active()).isZero();
    }
  }
}
