package dev.valet.e2e.bench;

import dev.valet.local.host.PrivateFiles;
import dev.valet.local.postgres.PostgresServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records the API's AOT cache, {@code app.aot} beside its jar: starts the API as it ships, asks
 * what people ask first, and lets it end in peace. Belongs to {@code ./valet test}; {@code up}
 * never records, and uses a cache only while it is there and fits. A failure is told and leaves no
 * cache: the API then starts without one, only slower.
 */
public final class RecordAotCache {
  private static final List<String> ROUTES =
      List.of(
          "/q/health/ready",
          "/api/v1/me",
          "/api/v1/templates",
          "/api/v1/sandboxes?q=a&tag=a:b&sort=name",
          "/api/v1/sandboxes",
          "/q/metrics");

  private static final Duration EACH = Duration.ofSeconds(1);
  private static final int PER_SECOND = 50;
  private static final long WRITING_MINUTES = 3;

  private RecordAotCache() {}

  /**
   * @param arguments the checkout's folder, with the API built
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("valet-aot-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> PrivateFiles.deleteTree(folder)));
    Programs programs = new Programs(Path.of(arguments[0]), folder);
    Path cache = programs.api().resolve("app.aot");
    Files.deleteIfExists(cache);
    try {
      record(programs, cache);
      ListBench.say("AOT cache of the API: %d MiB", Files.size(cache) / 1024 / 1024);
    } catch (IOException | IllegalStateException e) {
      Files.deleteIfExists(cache);
      Files.deleteIfExists(Path.of(cache + ".config")); // Java's own, on the way to the cache
      ListBench.say("WARNING: no AOT cache of the API was recorded, it will start slower: %s", e);
    }
    System.exit(0);
  }

  private static void record(Programs programs, Path cache) throws Exception {
    Token token = Token.create(Clock.systemUTC().instant());
    try (PostgresServer postgres = PostgresServer.startTemporary();
        OpenLoop loop = new OpenLoop(Vertx.vertx(), token.text(), PER_SECOND)) {
      Programs.Running api =
          programs.startApi(postgres, token, "-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=error");
      for (String route : ROUTES) {
        loop.run(api.port(), route, EACH);
      }
      api.process().destroy(); // SIGTERM: a JVM that is killed writes nothing
      if (!api.process().waitFor(WRITING_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the API does not end");
      }
    }
  }
}
