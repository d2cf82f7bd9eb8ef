package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTokenTest {
  private static final String CLAIMS =
      "{\"sub\":\"tenant-1\",\"server_url\":\"http://engine:8080/\","
          + "\"grpc_broadcast_address\":\"engine:7077\",\"exp\":4000000000}";

  static String token(String claims) {
    byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
    return "eyJh." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ".c2ln";
  }

  @Test
  void claimsTellWhoseItIsAndWhereTheEngineIs() {
    ClientToken token = ClientToken.parse(token(CLAIMS));

    assertThat(token.tenantId()).isEqualTo("tenant-1");
    assertThat(token.grpcAddress()).isEqualTo("engine:7077");
    assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(4_000_000_000L));
    assertThat(token.toString()).doesNotContain(token(CLAIMS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a.b", "a.b.c.d", "a.e30.c d", "a.!!!.c", "a.W10.c", "a.e30.c", "secret"})
  void whatIsNoTokenIsRefusedWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> ClientToken.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the token")
        .message()
        .doesNotContain("secret", "!!!");
  }

  private static Endpoint endpoint(String grpc, Map<String, String> environment) {
    return Endpoint.of(
        new HatchetConnection(token(CLAIMS), grpc, null, TlsStrategy.NONE, Map.of()), environment);
  }

  @Test
  void theEnvironmentWinsOverTheApiAndThatOverTheToken() {
    assertThat(endpoint(null, Map.of()).host()).isEqualTo("engine");
    assertThat(endpoint("api:1", Map.of()).host()).isEqualTo("api");
    Endpoint overridden =
        endpoint(
            "api:1",
            Map.of(
                "HATCHET_CLIENT_HOST_PORT", "env:2",
                "HATCHET_CLIENT_SERVER_URL", "https://rest//",
                "HATCHET_CLIENT_TENANT_ID", "tenant-2",
                "HATCHET_CLIENT_NAMESPACE", "Blue",
                "HATCHET_CLIENT_TLS_STRATEGY", "tls",
                "HATCHET_CLIENT_TLS_SERVER_NAME", "engine.internal"));
    assertThat(overridden.host()).isEqualTo("env");
    assertThat(overridden.port()).isEqualTo(2);
    assertThat(overridden.serverUrl()).isEqualTo(URI.create("https://rest"));
    assertThat(overridden.tenantId()).isEqualTo("tenant-2");
    assertThat(overridden.prefix()).isEqualTo("blue_");
    assertThat(overridden.tls().strategy()).isEqualTo(TlsStrategy.TLS);
    assertThat(overridden.tls().serverName()).isEqualTo("engine.internal");
    assertThat(overridden.toString()).isEqualTo("env:2");
  }

  @Test
  void mtlsWithoutItsFilesIsRefusedWithTheirNames() {
    assertThatThrownBy(() -> endpoint(null, Map.of("HATCHET_CLIENT_TLS_STRATEGY", "mtls")))
        .hasMessageContaining("HATCHET_CLIENT_TLS_CERT_FILE");
  }

  @Test
  void pemAsTextWinsOverAFileAndMayHaveItsLineBreaksWritten() {
    Endpoint endpoint =
        endpoint(
            null,
            Map.of(
                "HATCHET_CLIENT_TLS_STRATEGY", "mtls",
                "HATCHET_CLIENT_TLS_ROOT_CA_FILE", "/etc/ca.pem",
                "HATCHET_CLIENT_TLS_CERT", "-----BEGIN CERTIFICATE-----\\nQUJD\\n-----END",
                "HATCHET_CLIENT_TLS_CERT_FILE", "/etc/cert.pem",
                "HATCHET_CLIENT_TLS_KEY", "-----BEGIN PRIVATE KEY-----\nQUJD"));

    assertThat(endpoint.tls().rootCa()).isEqualTo(new Pem.InFile(Path.of("/etc/ca.pem")));
    assertThat(endpoint.tls().certificate())
        .isEqualTo(new Pem.Inline("-----BEGIN CERTIFICATE-----\nQUJD\n-----END"));
    assertThat(endpoint.tls().key()).isEqualTo(new Pem.Inline("-----BEGIN PRIVATE KEY-----\nQUJD"));
    assertThat(endpoint.tls().toString()).doesNotContain("QUJD");
  }

  @Test
  void tlsSettingsThatCannotWorkAreRefusedByName() {
    assertThatThrownBy(() -> endpoint(null, Map.of("HATCHET_CLIENT_TLS_MIN_VERSION", "1.1")))
        .hasMessage("HATCHET_CLIENT_TLS_MIN_VERSION is neither 1.2 nor 1.3");
    assertThatThrownBy(() -> endpoint(null, Map.of("HATCHET_CLIENT_TLS_STRATEGY", "ssl")))
        .hasMessageContaining("HATCHET_CLIENT_TLS_STRATEGY");
    assertThatThrownBy(() -> endpoint(null, Map.of("HATCHET_CLIENT_TLS_ROOT_CA", "/etc/ca.pem")))
        .hasMessageContaining("HATCHET_CLIENT_TLS_ROOT_CA is not PEM")
        .message()
        .doesNotContain("/etc/ca.pem");
    assertThat(endpoint(null, Map.of()).tls().minVersion()).isEqualTo("1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "engine:0", "engine:65536", "engine:http"})
  void anAddressThatIsNoneIsRefused(String address) {
    assertThatThrownBy(() -> endpoint(address, Map.of())).hasMessageContaining("host:port");
  }

  @ParameterizedTest
  @CsvSource({
    "v0.104.7, true",
    "v0.78.23, true",
    "0.78.23, true",
    "v1.0.0-rc.1, true",
    "v0.78.22, false",
    "v0.1.0-alpha.0, false",
    "main, false"
  })
  void onlyEnginesThatKnowSlotTypesGetThem(String version, boolean slotConfig) {
    assertThat(EngineVersion.of(version).hasSlotConfig()).isEqualTo(slotConfig);
  }
}
