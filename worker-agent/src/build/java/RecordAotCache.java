import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Records the agent's AOT cache: starts the packaged agent once as it will run, lets it enrol at a
 * stand-in for the API, asks every route and stops it. Quarkus' own recording ends before the first
 * line of the agent runs, so that its cache saves half as much.
 *
 * <p>Arguments: the folder of the packaged agent, then the JVM flags that the agent is started
 * with. A failure is told and leaves no cache; the agent starts without one, only slower.
 */
final class RecordAotCache {
  private static final String SANDBOX = "01900000-0000-7000-8000-000000000001";
  private static final String CONFIG =
      "{\"sandboxId\":\""
          + SANDBOX
          + "\",\"capacity\":1,\"engines\":[\"chromium\"],"
          + "\"commandPublicKey\":\"MCowBQYDK2VwAyEA\"}";
  private static final List<String> ROUTES =
      List.of("/health", "/health/live", "/health/ready", "/metrics", "/nothing");
  private static final int ROUNDS = 20;

  private RecordAotCache() {}

  public static void main(String... args) throws Exception {
    Path app = Path.of(args[0]).toAbsolutePath();
    Path cache = app.resolve("app.aot");
    Files.deleteIfExists(cache);
    Path folder = Files.createTempDirectory("valet-aot");
    HttpServer standIn = standIn();
    try {
      record(app, cache, List.of(args[1].split(" ", -1)), folder, standIn.getAddress().getPort());
    } finally {
      standIn.stop(0);
      deleteAll(folder);
    }
    if (Files.exists(cache)) {
      System.out.println("AOT cache: " + cache + ", " + Files.size(cache) / 1024 / 1024 + " MiB");
    } else {
      System.out.println("WARNING: no AOT cache was recorded; the agent will start slower");
    }
  }

  private static void record(Path app, Path cache, List<String> flags, Path folder, int apiPort)
      throws Exception {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:AOTCacheOutput=" + cache);
    command.add("-Xlog:aot*=error");
    command.addAll(flags);
    command.addAll(List.of("-jar", app.resolve("quarkus-run.jar").toString()));
    Path log = folder.resolve("agent.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(settings(apiPort, port));
    Process agent = builder.start();
    try {
      boolean answered = rehearse(agent, "http://127.0.0.1:" + port);
      agent.destroy();
      if (!answered || !agent.waitFor(60, TimeUnit.SECONDS)) {
        System.out.println(Files.readString(log));
      }
    } finally {
      agent.destroyForcibly();
    }
  }

  private static Map<String, String> settings(int apiPort, int healthPort) {
    String standIn = "http://127.0.0.1:" + apiPort;
    return Map.of(
        "VALET_API_URL",
        standIn,
        "VALET_SANDBOX_ID",
        SANDBOX,
        "VALET_BOOTSTRAP_TOKEN",
        "recording-the-cache",
        "VALET_ENGINES",
        "chromium",
        "HEALTH_HOST",
        "auto",
        "HEALTH_PORT",
        String.valueOf(healthPort),
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        standIn);
  }

  /** Whether every route was asked after the agent became ready. */
  private static boolean rehearse(Process agent, String base) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (agent.isAlive() && System.nanoTime() < end) {
        if (status(client, base + "/health/ready") == 200) {
          for (int round = 0; round < ROUNDS; round++) {
            ROUTES.forEach(route -> status(client, base + route));
          }
          return true;
        }
        agent.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    return false;
  }

  private static int status(HttpClient client, String uri) {
    try {
      return client
          .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Plays the API and the instance metadata service. */
  private static HttpServer standIn() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/latest/api/token", exchange -> answer(exchange, "token"));
    server.createContext(
        "/latest/meta-data/instance-id", exchange -> answer(exchange, "i-0123456789abcdef0"));
    server.createContext("/latest/meta-data/local-ipv4", exchange -> answer(exchange, "127.0.0.1"));
    server.createContext("/agent/v1/config", exchange -> answer(exchange, CONFIG));
    server.createContext(
        "/agent/v1/enroll",
        exchange -> answer(exchange, "{\"credential\":\"recording\",\"config\":" + CONFIG + "}"));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
