package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpOptionsTest {
  @Test
  void withoutArgumentsTheDataFolderDecidesOnThePorts() {
    UpOptions options = UpOptions.parse(List.of());

    assertThat(options.data()).isEqualTo(Path.of(".valet"));
    assertThat(options.port()).isEmpty();
    assertThat(options.agentPort()).isEmpty();
    assertThat(options.sandboxes()).isZero();
    assertThat(options.hatchet()).isTrue();
  }

  @Test
  void everyOptionIsTaken() {
    UpOptions options =
        UpOptions.parse(
            List.of(
                "--data",
                "d",
                "--app",
                "a",
                "--port",
                "1",
                "--no-hatchet",
                "--agent-port",
                "65535",
                "--sandboxes",
                "3"));

    assertThat(options.data()).isEqualTo(Path.of("d"));
    assertThat(options.app()).isEqualTo(Path.of("a"));
    assertThat(options.port()).hasValue(1);
    assertThat(options.agentPort()).hasValue(65_535);
    assertThat(options.sandboxes()).isEqualTo(3);
    assertThat(options.hatchet()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "http", "", "99999999999999999999"})
  void aPortThatIsNoneIsNamed(String value) {
    assertThatThrownBy(() -> UpOptions.parse(List.of("--port", value)))
        .hasMessageContaining("--port must be a number from 1 to 65535")
        .hasMessageContaining("\"" + value + "\"");
  }

  @Test
  void anUnknownOptionOrAMissingValueIsNamed() {
    assertThatThrownBy(() -> UpOptions.parse(List.of("--prt", "1"))).hasMessageContaining("--prt");
    assertThatThrownBy(() -> UpOptions.parse(List.of("--port"))).hasMessageContaining("--port");
  }
}
