package dev.valet.agent.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.control.CommandReply.Done;
import dev.valet.agent.control.Reach.Target;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.platform.ApiSilence;
import dev.valet.agent.platform.ClockSkew;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.task.WorkBoard;
import dev.valet.common.agent.AgentConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Command {@code collect-diagnostics}: what helps to find out from afar what is wrong. Holds no
 * secret; bounded by what it is made of.
 */
@Singleton
public final class Diagnostics {
  private final Vertx vertx;
  private final Settings settings;
  private final ProcessFacts process;
  private final Lifecycle lifecycle;
  private final WorkBoard work;
  private final ClockSkew skew;
  private final ObjectMapper json;
  private final Clock clock;
  private final LogRing log = new LogRing().install();
  private final ApiSilence silence;
  private volatile Supplier<Optional<Engine>> engine = Optional::empty;
  private volatile Supplier<String> trouble = () -> "";

  Diagnostics(
      Vertx vertx,
      Settings settings,
      ProcessFacts process,
      Lifecycle lifecycle,
      WorkBoard work,
      ClockSkew skew,
      ApiSilence silence,
      ObjectMapper json,
      Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.process = process;
    this.lifecycle = lifecycle;
    this.work = work;
    this.skew = skew;
    this.silence = silence;
    this.json = json;
    this.clock = clock;
  }

  /**
   * The task engine.
   *
   * @param tokenExpiresAt null if the token names no end
   */
  public record Engine(String host, int port, boolean tls, @Nullable Instant tokenExpiresAt) {}

  /** Who knows where the task engine is; empty while there is none. */
  public void engine(Supplier<Optional<Engine>> source) {
    engine = source;
  }

  /** Who knows why the last contact with the API failed; empty if it did not. */
  public void trouble(Supplier<String> source) {
    trouble = source;
  }

  /** Answers within about ten seconds, whatever is wrong. */
  public Future<CommandReply> collect(JsonNode body) {
    Reach reach = new Reach(vertx);
    Optional<Engine> known = engine.get();
    Future<Map<String, Object>> api = reach.check(api());
    Future<Map<String, Object>> hatchet =
        known
            .map(one -> reach.check(new Target(one.host(), one.port(), one.tls())))
            .orElseGet(() -> Future.succeededFuture(null));
    Future<Map<String, Object>> disk = vertx.executeBlocking(this::disk, false);
    return Future.join(api, hatchet, disk)
        .map(all -> new Done(report(api.result(), hatchet(hatchet.result(), known), disk)));
  }

  private Target api() {
    URI url = settings.apiUrl();
    boolean tls = url.getScheme().equalsIgnoreCase("https");
    int port = url.getPort() < 0 ? (tls ? 443 : 80) : url.getPort();
    return new Target(url.getHost().replaceAll("[\\[\\]]", ""), port, tls);
  }

  private Map<String, Object> report(
      Map<String, Object> api, Map<String, Object> hatchet, Future<Map<String, Object>> disk) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("at", clock.instant().toString());
    report.put("version", process.version());
    report.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    report.put("bootId", process.bootId());
    report.put("uptimeSeconds", process.uptime().toSeconds());
    report.put("lifecycle", lifecycle.current().name().wire());
    Duration ahead = skew.current();
    report.put("clockSkewMillis", ahead == null ? null : ahead.toMillis());
    report.put("settings", settings());
    api.put("lastContactSeconds", silence.length().toSeconds());
    api.put("lastTrouble", trouble.get());
    report.put("api", api);
    report.put("hatchet", hatchet);
    report.put("disk", disk.succeeded() ? disk.result() : Map.of("detail", "cannot be read"));
    report.put("warnings", log.recent());
    return report;
  }

  private Map<String, Object> settings() {
    AgentConfig told = lifecycle.current().config();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("sandboxId", settings.sandboxId().toString());
    all.put("apiUrl", settings.apiUrl().toString());
    all.put("imdsEndpoint", settings.imdsEndpoint().toString());
    all.put("stateDir", settings.stateDir().toString());
    all.put("healthPort", settings.healthPort());
    all.put("drainSeconds", settings.drainGrace().toSeconds());
    all.put("capacity", told == null ? settings.capacity() : told.capacity());
    all.put("engines", told == null ? settings.engines() : told.engines());
    all.put("refreshSeconds", told == null ? null : told.refreshSeconds());
    return all;
  }

  private Map<String, Object> hatchet(
      @Nullable Map<String, Object> reached, Optional<Engine> known) {
    Map<String, Object> hatchet = new LinkedHashMap<>();
    hatchet.put("facts", json.convertValue(work.facts().engine(), Map.class));
    hatchet.put("reach", reached);
    Instant expiry = known.map(Engine::tokenExpiresAt).orElse(null);
    if (expiry != null) {
      hatchet.put("tokenExpiresAt", expiry.toString());
      hatchet.put("tokenExpired", !expiry.isAfter(clock.instant()));
    }
    return hatchet;
  }

  private Map<String, Object> disk() throws IOException {
    Files.createDirectories(settings.stateDir());
    FileStore store = Files.getFileStore(settings.stateDir());
    return Map.of("totalBytes", store.getTotalSpace(), "usableBytes", store.getUsableSpace());
  }
}
