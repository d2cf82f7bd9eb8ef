package dev.valet.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Keycloak with one realm: refresh tokens are good once, access tokens for a few seconds. Its
 * user {@code ada} has the password {@code lovelace}.
 */
final class Keycloak implements AutoCloseable {
  /** Of access and ID tokens. */
  static final Duration TOKEN_LIFE = Duration.ofSeconds(8);

  static final String SECRET = "Zq7-only-between-keycloak-and-this-test";
  private static final Path UNPACKED =
      Path.of(System.getProperty("valet.root"), "deploy/e2e/target/keycloak");
  private static final Duration START = Duration.ofMinutes(5);

  private final Process process;
  private final int port;

  private Keycloak(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one that lets browsers come back to these addresses. */
  static Keycloak start(Path folder, int port, List<String> valets) {
    try {
      Path home = home();
      Path realms = Files.createDirectories(home.resolve("data/import"));
      Files.writeString(
          realms.resolve("valet.json"), new ObjectMapper().writeValueAsString(realm(valets)));
      ProcessBuilder builder =
          new ProcessBuilder(
                  "sh",
                  home.resolve("bin/kc.sh").toString(),
                  "start-dev",
                  "--import-realm",
                  "--db=dev-mem",
                  "--http-host=127.0.0.1",
                  "--http-port=" + port)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("keycloak.log").toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
      Keycloak keycloak = new Keycloak(ChildProcesses.start(builder), port);
      keycloak.awaitUp(folder);
      return keycloak;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI issuer() {
    return URI.create("http://localhost:" + port + "/realms/valet");
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private static Path home() throws IOException {
    try (Stream<Path> folders = Files.list(UNPACKED)) {
      return folders.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private void awaitUp(Path folder) throws IOException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration")).build();
    boolean up =
        Waiting.until(START, Duration.ofSeconds(1), () -> !process.isAlive() || ok(http, request));
    if (!up || !process.isAlive()) {
      close();
      throw new AssertionError(
          "Keycloak does not start: " + Files.readString(folder.resolve("keycloak.log")));
    }
  }

  private static boolean ok(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> realm(List<String> valets) {
    return Map.of(
        "realm",
        "valet",
        "enabled",
        true,
        "sslRequired",
        "none",
        "accessTokenLifespan",
        TOKEN_LIFE.toSeconds(),
        "revokeRefreshToken",
        true,
        "refreshTokenMaxReuse",
        0,
        "groups",
        List.of(Map.of("name", "operators")),
        "users",
        List.of(ada()),
        "clients",
        List.of(client(valets)));
  }

  private static Map<String, Object> ada() {
    return Map.of(
        "username",
        "ada",
        "enabled",
        true,
        "email",
        "ada@example.com",
        "emailVerified",
        true,
        "firstName",
        "Ada",
        "lastName",
        "Lovelace",
        "groups",
        List.of("/operators"),
        "credentials",
        List.of(Map.of("type", "password", "value", "lovelace")));
  }

  private static Map<String, Object> client(List<String> valets) {
    return Map.of(
        "clientId", "valet-api",
        "secret", SECRET,
        "redirectUris", valets.stream().map(valet -> valet + "/login/callback").toList(),
        "attributes",
            Map.of(
                "pkce.code.challenge.method",
                "S256",
                "post.logout.redirect.uris",
                valets.getFirst() + "/"),
        "protocolMappers",
            List.of(
                mapper(
                    "groups",
                    "oidc-group-membership-mapper",
                    Map.of("claim.name", "groups", "full.path", "false")),
                mapper(
                    "audience",
                    "oidc-audience-mapper",
                    Map.of("included.client.audience", "valet-api"))));
  }

  private static Map<String, Object> mapper(String name, String type, Map<String, String> more) {
    Map<String, String> config = new HashMap<>(more);
    config.put("id.token.claim", "true");
    config.put("access.token.claim", "true");
    return Map.of(
        "name", name, "protocol", "openid-connect", "protocolMapper", type, "config", config);
  }
}
