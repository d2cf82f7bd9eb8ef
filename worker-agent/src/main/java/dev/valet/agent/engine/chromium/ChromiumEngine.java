package dev.valet.agent.engine.chromium;

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

/** Chromium, or Chrome where that is installed instead. */
@Singleton
public final class ChromiumEngine implements BrowserEngine {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final BrowserLauncher launcher;
  private final ProtocolClient client;
  private final RunFolders folders;
  private final Supplier<Optional<Path>> program;

  @Inject
  ChromiumEngine(BrowserLauncher launcher, ProtocolClient client, RunFolders folders) {
    this(
        launcher,
        client,
        folders,
        () ->
            Executables.find(
                "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"));
  }

  /** Another program. */
  public ChromiumEngine(
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
    return "chromium";
  }

  @Override
  public EngineProtocol protocol() {
    return EngineProtocol.CDP;
  }

  @Override
  public Sighting look() {
    return launcher.sighting(program.get(), "Chromium is not installed: apt-get install chromium");
  }

  @Override
  public RunningBrowser start(BrowserRun run) throws EngineFailure, InterruptedException {
    Path chromium = program.get().orElseThrow(() -> new EngineFailure("Chromium is not installed"));
    Path profile = run.folder().resolve("profile");
    try {
      folders.write(run.folder(), "profile/Default/Preferences", ChromiumFlags.preferences());
    } catch (IOException e) {
      throw new EngineFailure("cannot make a profile: " + e.getMessage());
    }
    List<String> command =
        ChromiumFlags.command(chromium, profile, run.proxy(), launcher.user().sandboxed());
    BrowserProcess process = launcher.start(command, run.folder(), Map.of());
    try {
      URI endpoint = process.await(() -> endpoint(profile), START_LIMIT);
      return new Chromium(process, endpoint);
    } catch (EngineFailure | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Two lines, port and path; the profile is fresh, so that they are this process' own. */
  private static Optional<URI> endpoint(Path profile) {
    try {
      List<String> lines = Files.readAllLines(profile.resolve("DevToolsActivePort"));
      return lines.size() == 2 && lines.get(1).startsWith("/devtools/")
          ? Optional.of(URI.create("ws://127.0.0.1:" + lines.get(0).strip() + lines.get(1).strip()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private final class Chromium implements RunningBrowser {
    private final BrowserProcess process;
    private final URI endpoint;

    private Chromium(BrowserProcess process, URI endpoint) {
      this.process = process;
      this.endpoint = endpoint;
    }

    @Override
    public URI endpoint() {
      return endpoint;
    }

    @Override
    public void check() throws IOException, InterruptedException {
      version();
    }

    @Override
    public String version() throws IOException, InterruptedException {
      return client.productAt(endpoint);
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
