package dev.valet.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.ProcessRecord;
import dev.valet.local.host.StartException;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityServerTest {
  @TempDir static Path data;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static IdentityServer server;
  private static Process process;

  @BeforeAll
  static void start() {
    server = IdentityServer.of(data, Path.of("identity/target/lib"));
    boot();
    ProcessRecord.of(ProcessHandle.current().pid())
        .orElseThrow()
        .write(data.resolve("supervisor.pid"));
  }

  private static void boot() {
    process =
        ChildProcesses.start(
            server
                .command()
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("identity.log").toFile()));
    assertThat(
            Waiting.until(
                Duration.ofSeconds(60), Duration.ofMillis(100), () -> server.isReady(HTTP)))
        .isTrue();
  }

  @AfterAll
  static void stop() {
    process.destroyForcibly().onExit().join();
  }

  @Test
  void everyUserGetsATokenWithItsOwnClaims() throws IOException {
    for (LocalUser user : LocalUser.values()) {
      String token = TokenCommand.token("--as", user.username(), "--data", data.toString());

      JsonNode claims = claims(token);
      assertThat(claims.path("iss").asText()).isEqualTo(server.issuer().toString());
      assertThat(claims.path("sub").asText()).isEqualTo(user.username());
      assertThat(audience(claims)).containsExactly("valet-api");
      assertThat(claims.path("groups")).hasSize(1);
      assertThat(claims.path("groups").get(0).asText()).isEqualTo(user.username());
      assertThat(claims.path("email").asText()).isEqualTo(user.username() + "@valet.localhost");
      assertThat(claims.path("email_verified").asBoolean()).isTrue();
      assertThat(claims.path("preferred_username").asText()).isEqualTo(user.username());
      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
    }
  }

  @Test
  void theLoginPageOffersTheFourUsers() throws Exception {
    String page = get(server.issuer() + "/authorize?" + loginQuery()).body();

    for (LocalUser user : LocalUser.values()) {
      assertThat(page).contains("name=\"username\" value=\"" + user.username() + "\"");
    }
    assertThat(page).doesNotContain("@USERS@");
  }

  @Test
  void aWrongVerifierIsRefused() {
    TokenClient client = client();
    String code = client.authorize("admin", "v".repeat(43));

    assertThatThrownBy(() -> client.exchange(code, "w".repeat(43)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("invalid_pkce");
  }

  @Test
  void aRefreshTokenGivesANewTokenOfTheSameUserAndIsReplaced() throws IOException {
    TokenClient client = client();
    JsonNode first = client.exchange(client.authorize("operator", "v".repeat(43)), "v".repeat(43));
    String refresh = first.path("refresh_token").asText();

    JsonNode second = client.refresh(refresh);

    assertThat(claims(second.path("access_token").asText()).path("sub").asText())
        .isEqualTo("operator");
    assertThat(second.path("refresh_token").asText()).isNotBlank().isNotEqualTo(refresh);
    assertThatThrownBy(() -> client.refresh(refresh)).hasMessageContaining("unknown refresh_token");
  }

  @Test
  void aStrangersTokenHasNoAudience() throws IOException {
    TokenClient client = client();
    JsonNode tokens = client.exchange(client.authorize("mallory", "v".repeat(43)), "v".repeat(43));

    JsonNode claims = claims(tokens.path("access_token").asText());
    assertThat(audience(claims)).doesNotContain("valet-api");
    assertThat(claims.has("groups")).isFalse();
  }

  @Test
  void theSigningKeyOutlivesARestartAndIsNotTheBuiltInOne() throws Exception {
    String before = get(server.issuer() + "/jwks").body();
    stop();
    boot();

    assertThat(get(server.issuer() + "/jwks").body()).isEqualTo(before);
    assertThat(before).doesNotContain("onZcB1ryWS1keTIcbgsLKJ1UBwL1Wbzse5P2HjkrNwbG3Jy2");
  }

  @Test
  void itListensOnLoopbackOnly() throws Exception {
    List<InetAddress> outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .toList();
    for (InetAddress address : outside) {
      assertThatThrownBy(() -> new Socket(address, server.port()).close())
          .isInstanceOf(IOException.class);
    }
    new Socket("127.0.0.1", server.port()).close();
  }

  @Test
  void withoutARunningValetTheTokenCommandSaysSo(@TempDir Path empty) {
    assertThatThrownBy(() -> TokenCommand.token("--data", empty.toString()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no Valet is running")
        .hasMessageContaining("./valet up");
  }

  @Test
  void anUnknownUserOrArgumentIsNamed() {
    assertThatThrownBy(() -> TokenCommand.token("--as", "root", "--data", data.toString()))
        .hasMessageContaining("\"root\"")
        .hasMessageContaining("admin, operator, viewer, auditor");
    assertThatThrownBy(() -> TokenCommand.token("--user", "admin")).hasMessageContaining("--user");
  }

  private static TokenClient client() {
    return new TokenClient(server.port(), HTTP);
  }

  private static String loginQuery() {
    return "response_type=code&client_id=valet-api&redirect_uri=http%3A%2F%2Flocalhost%2Fx"
        + "&scope=openid&state=s&code_challenge=abc&code_challenge_method=S256";
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode claims(String token) throws IOException {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return JsonMapper.builder().build().readTree(payload);
  }

  private static List<String> audience(JsonNode claims) {
    JsonNode aud = claims.path("aud");
    return aud.isArray()
        ? aud.valueStream().map(JsonNode::asText).toList()
        : aud.isMissingNode() ? List.of() : List.of(aud.asText());
  }
}
