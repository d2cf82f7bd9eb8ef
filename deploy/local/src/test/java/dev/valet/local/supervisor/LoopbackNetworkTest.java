package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.local.host.LoopbackPorts;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackNetworkTest {
  @Test
  void aTakenNetworkIsPassedOver() {
    Set<String> asked = new HashSet<>();
    String chosen =
        LoopbackNetwork.choose(new Random(1), prefix -> !asked.add(prefix) || asked.size() > 3);

    assertThat(asked).hasSize(4).contains(chosen);
    assertThat(chosen).matches("127\\.\\d{2,3}\\.\\d{1,3}");
  }

  @Test
  void ifNoneIsFreeItSaysSo() {
    assertThatThrownBy(() -> LoopbackNetwork.choose(new Random(1), prefix -> false))
        .hasMessageContaining("No free loopback network");
  }

  @Test
  void aProgramThatHoldsTheAgentPortOnAllAddressesIsNamed() throws Exception {
    int port = LoopbackPorts.free();
    try (ServerSocket everywhere = new ServerSocket()) {
      everywhere.bind(new InetSocketAddress("0.0.0.0", port));

      assertThatThrownBy(() -> LoopbackNetwork.requireUsable(port))
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("java (pid " + ProcessHandle.current().pid() + ")")
          .hasMessageContaining("--agent-port");
    }
  }

  @Test
  void aProgramOnOneOtherAddressDoesNoHarm() throws Exception {
    int port = LoopbackPorts.free();
    try (ServerSocket one = new ServerSocket()) {
      one.bind(new InetSocketAddress("127.0.0.1", port));
      LoopbackNetwork.requireUsable(port);
    }
  }

  @Test
  void aRealNetworkIsFound() {
    assertThat(LoopbackNetwork.choose(LoopbackPorts.free())).startsWith("127.");
  }
}
