package dev.valet.agent.engine.adspower;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.engine.BrowserEngine;
import dev.valet.agent.engine.BrowserRun;
import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.engine.EngineProtocol;
import dev.valet.agent.engine.RunningBrowser;
import dev.valet.agent.engine.Sighting;
import dev.valet.agent.engine.process.RunFolders;
import dev.valet.agent.engine.wire.ProtocolClient;
import dev.valet.agent.platform.BrowserSettings;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.platform.time.Ticker;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * AdsPower, which runs beside the agent. Each task gets a profile that is made for it and deleted
 * after it; the profile's proxy is the task's, with its password.
 */
@Singleton
public final class AdsPowerEngine implements BrowserEngine {
  private static final Logger LOG = Logger.getLogger(AdsPowerEngine.class);
  private static final Duration SAMPLE = Duration.ofSeconds(30);
  private static final String PROFILE = "adspower-profile";
  private static final List<String> FLAGS =
      List.of(
          "--proxy-bypass-list=<-loopback>",
          "--disable-quic",
          "--webrtc-ip-handling-policy=disable_non_proxied_udp",
          "--force-webrtc-ip-handling-policy=disable_non_proxied_udp");

  private final AdsPowerApi api;
  private final URI address;
  private final ProtocolClient client;
  private final RunFolders folders;
  private final Ticker ticker;

  /** Profiles that could not be deleted yet. */
  private final Set<String> toDelete = ConcurrentHashMap.newKeySet();

  private @Nullable Sighting seen;
  private long seenAt;

  @Inject
  AdsPowerEngine(
      Vertx vertx, Settings settings, ProtocolClient client, RunFolders folders, Ticker ticker) {
    this(vertx, settings.browsers(), client, folders, ticker, AdsPowerApi.GAP);
  }

  AdsPowerEngine(
      Vertx vertx,
      BrowserSettings settings,
      ProtocolClient client,
      RunFolders folders,
      Ticker ticker,
      Duration gap) {
    this.api = new AdsPowerApi(vertx, settings, ticker, gap);
    this.address = settings.adsPower();
    this.client = client;
    this.folders = folders;
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return "adspower";
  }

  @Override
  public EngineProtocol protocol() {
    return EngineProtocol.CDP;
  }

  /** Asked now and then only: tasks need the calls. */
  @Override
  public Sighting look() throws InterruptedException {
    Sighting last = seen;
    if (last != null && ticker.nanos() - seenAt < SAMPLE.toNanos()) {
      return last;
    }
    Sighting fresh = ask();
    seen = fresh;
    seenAt = ticker.nanos();
    return fresh;
  }

  private Sighting ask() throws InterruptedException {
    try {
      api.get("/status");
    } catch (IOException e) {
      return Sighting.blocked(
          "AdsPower does not answer at " + address + " (VALET_ADSPOWER_URL): " + e.getMessage());
    }
    for (String profile : toDelete) {
      delete(profile);
    }
    return Sighting.clear("adspower", null);
  }

  @Override
  public RunningBrowser start(BrowserRun run) throws EngineFailure, InterruptedException {
    String profile = null;
    boolean started = false;
    try {
      profile = api.post("/api/v1/user/create", profile(run)).path("id").asText();
      folders.write(run.folder(), PROFILE, profile);
      URI endpoint = open(profile);
      started = true;
      return new Profile(profile, endpoint);
    } catch (IOException | IllegalArgumentException e) {
      throw new EngineFailure(String.valueOf(e.getMessage()));
    } finally {
      if (profile != null && !started) {
        remove(profile);
      }
    }
  }

  private static ObjectNode profile(BrowserRun run) {
    ObjectNode profile = AdsPowerApi.body();
    profile.put("group_id", "0").put("name", run.folder().getFileName().toString());
    profile
        .putObject("user_proxy_config")
        .put("proxy_soft", "other")
        .put("proxy_type", "http")
        .put("proxy_host", run.proxy().host())
        .put("proxy_port", Integer.toString(run.proxy().port()))
        .put("proxy_user", run.proxy().login().user())
        .put("proxy_password", run.proxy().login().password().reveal());
    return profile;
  }

  private URI open(String profile) throws IOException, InterruptedException {
    String flags =
        FLAGS.stream().map(flag -> '"' + flag + '"').collect(Collectors.joining(",", "[", "]"));
    String socket =
        api.get(
                "/api/v1/browser/start?user_id="
                    + encoded(profile)
                    + "&headless=1&launch_args="
                    + encoded(flags))
            .path("ws")
            .path("puppeteer")
            .asText();
    if (!socket.startsWith("ws://")) {
      throw new IOException("AdsPower names no WebSocket of its browser");
    }
    return URI.create(socket);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void clearAway(Path folder) {
    try {
      remove(Files.readString(folder.resolve(PROFILE)));
    } catch (NoSuchFileException e) {
      // It had none yet.
    } catch (IOException e) {
      LOG.warnf("an AdsPower profile may be left: %s", e.getMessage());
    }
  }

  /** Stops its browser and deletes it, now or later; also when this thread was interrupted. */
  private void remove(String profile) {
    toDelete.add(profile);
    boolean interrupted = Thread.interrupted();
    try {
      delete(profile);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete(String profile) throws InterruptedException {
    try {
      api.get("/api/v1/browser/stop?user_id=" + encoded(profile));
    } catch (IOException e) {
      LOG.debugf("AdsPower profile %s: %s", profile, e.getMessage()); // it may not run
    }
    try {
      ObjectNode which = AdsPowerApi.body();
      which.putArray("user_ids").add(profile);
      api.post("/api/v1/user/delete", which);
      toDelete.remove(profile);
    } catch (IOException e) {
      LOG.warnf("AdsPower profile %s is deleted later: %s", profile, e.getMessage());
    }
  }

  private final class Profile implements RunningBrowser {
    private final String id;
    private final URI endpoint;

    private Profile(String id, URI endpoint) {
      this.id = id;
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
      remove(id);
    }
  }
}
