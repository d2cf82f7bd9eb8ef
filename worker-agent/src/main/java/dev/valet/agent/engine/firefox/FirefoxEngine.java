package dev.valet.agent.engine.firefox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.engine.BrowserEngine;
import dev.valet.agent.engine.BrowserRun;
import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.engine.EngineProtocol;
import dev.valet.agent.engine.RunningBrowser;
import dev.valet.agent.engine.Sighting;
import dev.valet.agent.engine.process.BrowserLauncher;
import dev.valet.agent.engine.process.BrowserProcess;
import dev.valet.agent.engine.process.Executables;
import dev.valet.agent.engine.process.RunFolders;
import dev.valet.agent.engine.wire.Conversation;
import dev.valet.agent.engine.wire.ProtocolClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Firefox, the extended support release or the current one. */
@Singleton
public final class FirefoxEngine implements BrowserEngine {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

  /** Without it Firefox asks its maker's server for settings at every start. */
  private static final Map<String, String> SETTINGS_FROM_PREFERENCES =
      Map.of("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1");

  private static final JsonMapper JSON = new JsonMapper();

  private final BrowserLauncher launcher;
  private final ProtocolClient client;
  private final RunFolders folders;
  private final Supplier<Optional<Path>> program;

  @Inject
  FirefoxEngine(BrowserLauncher launcher, ProtocolClient client, RunFolders folders) {
    this(launcher, client, folders, () -> Executables.find("firefox-esr", "firefox"));
  }

  /** Another program. */
  public FirefoxEngine(
      BrowserLauncher launcher,
      ProtocolClient client,
      RunFolders folders,
      Supplier<Optional<Path>> program) {
    this.launcher = launcher;
    this.client = client;
    this.folders = folders;
    this.program = program;
  }

  @Override
  public String name() {
    return "firefox";
  }

  @Override
  public EngineProtocol protocol() {
    return EngineProtocol.BIDI;
  }

  @Override
  public Sighting look() {
    return launcher.sighting(
        program.get(), "Firefox is not installed: apt-get install firefox-esr");
  }

  @Override
  public RunningBrowser start(BrowserRun run) throws EngineFailure, InterruptedException {
    Path firefox = program.get().orElseThrow(() -> new EngineFailure("Firefox is not installed"));
    Path profile = run.folder().resolve("profile");
    try {
      folders.write(run.folder(), "profile/user.js", FirefoxPreferences.userJs(run.proxy()));
    } catch (IOException e) {
      throw new EngineFailure("cannot make a profile: " + e.getMessage());
    }
    BrowserProcess process =
        launcher.start(
            List.of(
                firefox.toString(),
                "--headless",
                "--no-remote",
                "--profile",
                profile.toString(),
                "--remote-debugging-port=0"),
            run.folder(),
            SETTINGS_FROM_PREFERENCES);
    try {
      return new Firefox(process, process.await(() -> endpoint(profile), START_LIMIT));
    } catch (EngineFailure | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static Optional<URI> endpoint(Path profile) {
    try {
      JsonNode server =
          JSON.readTree(Files.readAllBytes(profile.resolve("WebDriverBiDiServer.json")));
      int port = server.path("ws_port").asInt();
      return port == 0
          ? Optional.empty()
          : Optional.of(URI.create("ws://127.0.0.1:" + port + "/session"));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // half written
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private final class Firefox implements RunningBrowser {
    private final BrowserProcess process;
    private final URI endpoint;

    private Firefox(BrowserProcess process, URI endpoint) {
      this.process = process;
      this.endpoint = endpoint;
    }

    @Override
    public URI endpoint() {
      return endpoint;
    }

    /** Needs no session, and so takes it from nobody. */
    @Override
    public void check() throws IOException, InterruptedException {
      try (Conversation browser = client.open(endpoint, CALL_LIMIT)) {
        browser.call("session.status", Conversation.parameters(), CALL_LIMIT);
      }
    }

    @Override
    public String version() throws IOException, InterruptedException {
      try (Conversation browser = client.open(endpoint, CALL_LIMIT)) {
        JsonNode capabilities = BidiSession.begin(browser, CALL_LIMIT).path("capabilities");
        return "Firefox/" + capabilities.path("browserVersion").asText();
      }
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
