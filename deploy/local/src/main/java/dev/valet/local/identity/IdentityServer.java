package dev.valet.local.identity;

import dev.valet.local.host.JavaCommand;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.PropertyFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The identity provider of one data folder: how to start it and whether it answers.
 *
 * @param folder {@code DATA/identity}; holds configuration, signing key and login page
 * @param libraries the folder with the provider's own jars
 * @param port its port on 127.0.0.1; part of the issuer, so it never changes in a data folder
 */
public record IdentityServer(Path folder, Path libraries, int port) {
  static final String ISSUER_ID = "valet";
  private static final String MAIN = "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt";

  /**
   * The provider of a data folder; its port is chosen at first use.
   *
   * @param data the folder that holds everything of one installation
   */
  public static IdentityServer of(Path data, Path libraries) {
    Path folder = PrivateFiles.folder(data.toAbsolutePath().resolve("identity"));
    return new IdentityServer(folder, libraries.toAbsolutePath(), port(folder));
  }

  private static int port(Path folder) {
    return PropertyFile.open(folder.resolve("identity.properties"))
        .keepInt("port", LoopbackPorts::free);
  }

  /** The port of a provider that was set up before, if any was. */
  static OptionalInt knownPort(Path data) {
    Path file = data.resolve("identity/identity.properties");
    return Files.exists(file)
        ? OptionalInt.of(port(data.resolve("identity")))
        : OptionalInt.empty();
  }

  /** The issuer of its tokens: {@code http://localhost:PORT/valet}. */
  public URI issuer() {
    return issuer(port);
  }

  static URI issuer(int port) {
    return URI.create("http://localhost:" + port + "/" + ISSUER_ID);
  }

  /** Writes its configuration and returns the command that runs it; not started yet. */
  public ProcessBuilder command() {
    Path config = IdentityConfig.write(folder);
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaCommand.of(
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of("-cp", libraries.resolve("*").toString(), MAIN)));
    builder
        .environment()
        .putAll(
            Map.of(
                "SERVER_HOSTNAME", "127.0.0.1",
                "SERVER_PORT", Integer.toString(port),
                "JSON_CONFIG_PATH", config.toAbsolutePath().toString()));
    builder.environment().remove("JSON_CONFIG"); // it would win over the file
    return builder.directory(folder.toFile());
  }

  /** Whether its discovery document is there. */
  public boolean isReady(HttpClient http) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
