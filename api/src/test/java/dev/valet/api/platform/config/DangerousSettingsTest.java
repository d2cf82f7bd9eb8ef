package dev.valet.api.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.platform.config.DangerousSettings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DangerousSettingsTest {
  @Test
  void defaultsAreSafe() {
    assertThat(DangerousSettings.find(new Settings(false, List.of(), false, List.of()))).isEmpty();
  }

  @Test
  void forwardingNeedsTrustedProxies() {
    assertThat(DangerousSettings.find(new Settings(true, List.of(), false, List.of())))
        .singleElement()
        .asString()
        .contains("trusted-proxies");
    assertThat(DangerousSettings.find(new Settings(true, List.of("10.0.0.0/8"), false, List.of())))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "http://valet.example.com",
        "/https://.*/",
        "https://*.example.com",
        "https://valet.example.com/",
        "https://valet.example.com/path",
        "https://user@valet.example.com",
        "valet.example.com",
        "https://",
        "ftp://valet.example.com",
        " "
      })
  void originThatIsNotExactIsNamed(String origin) {
    assertThat(cors(origin)).singleElement().asString().contains("\"" + origin + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://valet.example.com",
        "https://valet.example.com:8443",
        "http://localhost:5173",
        "http://127.0.0.1:5173",
        "http://[::1]:5173"
      })
  void exactOriginIsSafe(String origin) {
    assertThat(cors(origin)).isEmpty();
  }

  @Test
  void corsWithoutOriginsIsDangerous() {
    assertThat(DangerousSettings.find(new Settings(false, List.of(), true, List.of()))).hasSize(1);
  }

  private static List<String> cors(String origin) {
    return DangerousSettings.find(new Settings(false, List.of(), true, List.of(origin)));
  }
}
