package dev.valet.e2e.bench;

import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.postgres.PostgresServer;
import dev.valet.local.postgres.SampleFleet;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Measures lists of 10,000 living sandboxes (and 5,000 terminated ones behind them) at 350 requests
 * per second, the API and the floor by turns, on a PostgreSQL of its own. Uses loopback only, takes
 * about four minutes, and leaves nothing behind.
 */
final class ListBench {
  private static final int LIVING = 10_000;
  private static final int ENDED = 5_000;
  private static final int PER_SECOND = 350;
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final double GOAL = 50;

  private ListBench() {}

  /**
   * Measures and prints.
   *
   * @param checkout its folder, with everything built
   */
  static void run(String checkout) throws Exception {
    Path root = Path.of(checkout);
    Path folder = Files.createTempDirectory("valet-bench-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> PrivateFiles.deleteTree(folder)));
    Token token = Token.create(Clock.systemUTC().instant());
    try (PostgresServer postgres = PostgresServer.startTemporary();
        OpenLoop loop = new OpenLoop(Vertx.vertx(), token.text(), PER_SECOND)) {
      Programs programs = new Programs(root, folder);
      Programs.Running api = programs.startApi(postgres, token);
      List<Listing> listings = fill(postgres);
      int port = LoopbackPorts.free();
      learn(loop, api, listings, postgres).write(folder, port, postgres);
      Comparison comparison =
          new Comparison(loop, api, programs.startFloor(port), CpuTime.of(postgres.process()));
      say("Warming up");
      comparison.warmUp(listings, WARM_UP);
      say("%d requests/s, %d s each; load %s%n", PER_SECOND, MEASURED.toSeconds(), load());
      double worst = comparison.measure(listings, MEASURED);
      say("%nSlowest p99: %.1f ms (goal: at most %.0f); load %s", worst, GOAL, load());
      say("%d processors, Java %s", Runtime.getRuntime().availableProcessors(), Runtime.version());
    }
  }

  private static List<Listing> fill(PostgresServer postgres) throws SQLException {
    say("Filling in %,d living and %,d terminated sandboxes", LIVING, ENDED);
    try (Connection owner =
        DriverManager.getConnection(
            postgres.jdbcUrl(), postgres.ownerUser(), postgres.ownerPassword())) {
      SampleFleet.add(owner, LIVING, ENDED);
      return Listing.all(owner);
    }
  }

  private static FloorSettings learn(
      OpenLoop loop, Programs.Running api, List<Listing> listings, PostgresServer postgres)
      throws SQLException, InterruptedException {
    try (Connection app =
        DriverManager.getConnection(
            postgres.jdbcUrl(), postgres.appUser(), postgres.appPassword())) {
      FloorSettings settings = new FloorSettings(app);
      for (Listing listing : listings) {
        settings.add(listing, loop.ask(api.port(), listing.path()).toString());
      }
      return settings;
    }
  }

  /** Of the last minute, five and fifteen. */
  static String load() throws IOException {
    String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ");
    return String.join(" ", words[0], words[1], words[2]);
  }

  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
