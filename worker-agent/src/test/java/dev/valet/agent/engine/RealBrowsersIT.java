package dev.valet.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.engine.process.ProcessRig;
import dev.valet.agent.netguard.TestProxy;
import dev.valet.agent.testing.Browsers;
import dev.valet.common.health.AgentHealth.Engine;
import dev.valet.common.health.PartState;
import dev.valet.local.host.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The browsers of this machine. */
class RealBrowsersIT {
  private EngineRig rig;

  @BeforeEach
  void make() throws Exception {
    rig = new EngineRig(ProcessRig.shortRoot(), new TestProxy(), List.of(), List.of(80, 443));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({"chromium,Chrome/,CDP", "firefox,Firefox/,BIDI"})
  void aBrowserStartsAnswersAndLeavesNothing(String name, String version, EngineProtocol protocol)
      throws Exception {
    Browsers.require(name);
    rig.engines.use(List.of(name), 1);
    await(() -> rig.board.engine(name).state() != PartState.STARTING);
    Engine shown = rig.board.engine(name);
    assertThat(shown.state()).as(String.valueOf(shown.detail())).isEqualTo(PartState.READY);
    assertThat(shown.version()).contains(version);

    EngineLease lease = rig.engines.lease(name);
    assertThat(lease.protocol()).isEqualTo(protocol);
    assertThat(lease.endpoint().getScheme()).isEqualTo("ws");
    lease.open().browser().check();
    assertThat(rig.processes.processes()).isNotEmpty();
    lease.close();

    await(() -> rig.processes.processes().isEmpty());
    await(() -> rig.processes.folders.names().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"chromium", "firefox"})
  void whatAKilledAgentLeftIsReaped(String name) throws Exception {
    Browsers.require(name);
    OpenBrowser lost = rig.browsers.open(rig.all.get(name));
    Path folder = rig.processes.folders.of(lost.run());
    assertThat(rig.processes.processes()).isNotEmpty();

    try (EngineRig next = rig.successor()) {
      next.engines.use(List.of(), 1);

      await(() -> rig.processes.processes().isEmpty());
      await(() -> !Files.exists(folder));
    }
    lost.proxy().close();
  }

  private static void await(BooleanSupplier condition) {
    assertThat(Waiting.until(Duration.ofSeconds(40), Duration.ofMillis(20), condition)).isTrue();
  }
}
