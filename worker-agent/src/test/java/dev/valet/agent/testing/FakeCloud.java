package dev.valet.agent.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The world around an agent: Valet's API under {@code /} and an instance metadata service under
 * {@code /imds}. It answers what the test says and notes what it was asked.
 */
public final class FakeCloud implements AutoCloseable {
  /** The instance's id. */
  public static final String INSTANCE = "i-0123456789abcdef0";

  /** What the API gives to an agent that enrols. */
  public static final String CREDENTIAL = "credential-of-the-agent-s3cr3t";

  private static final String IMDS_TOKEN = "imds-session-token";

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private volatile SideEffect sideEffect = () -> {};
  private HttpServer server;

  /** Something that happens to the machine in the middle of a call. */
  public interface SideEffect {
    /** Makes it happen. */
    void happen() throws IOException;
  }

  /** One answer of the API. */
  public record Answer(int status, String body, Map<String, String> headers) {
    /** Without headers. */
    public Answer(int status, String body) {
      this(status, body, Map.of());
    }
  }

  /** One request to the API; {@code authorization} is empty if there was none. */
  public record Asked(String path, String authorization, String body) {}

  /** A world in which everything works. */
  public FakeCloud() {
    onEnroll(
        new Answer(200, "{\"credential\":\"" + CREDENTIAL + "\",\"config\":" + config() + "}"));
    onContact(new Answer(200, config()));
    onImds("instance-id", new Answer(200, INSTANCE));
    onImds("local-ipv4", new Answer(200, "127.0.0.1"));
    start(0);
  }

  /** A sound configuration: capacity 3, Chromium. */
  public static String config() {
    return config("a2V5");
  }

  private static String config(String key) {
    return "{\"sandboxId\":\"%s\",\"capacity\":3,\"engines\":[\"chromium\"],\"commandPublicKey\":\"%s\"}"
        .formatted(TestSettings.SANDBOX, key);
  }

  /** Enrols agents that believe this key from now on. */
  public void signsWith(TestSigner key) {
    onEnroll(
        new Answer(
            200,
            "{\"credential\":\"%s\",\"config\":%s}"
                .formatted(CREDENTIAL, config(key.publicKey()))));
  }

  /** What enrolment answers from now on. */
  public void onEnroll(Answer answer) {
    answers.put("/agent/v1/enroll", answer);
  }

  /** What the contact at the start answers from now on. */
  public void onContact(Answer answer) {
    answers.put("/agent/v1/config", answer);
  }

  /** What the metadata service answers for one name from now on. */
  public void onImds(String name, Answer answer) {
    answers.put("/imds/latest/meta-data/" + name, answer);
  }

  /** Happens during each call to the API from now on. */
  public void whileAsked(SideEffect effect) {
    sideEffect = effect;
  }

  /** Base URL of the API. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Base URL of the metadata service. */
  public String imdsUrl() {
    return url() + "/imds";
  }

  /** The port, the same over {@link #down} and {@link #up}. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The next request to the API, in order; fails the test after 20 s. */
  public Asked nextAsked() throws InterruptedException {
    Asked next = asked.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the agent asked nothing");
    }
    return next;
  }

  /** Takes the next request to the API, if one comes in time. */
  public boolean isAskedWithin(Duration time) throws InterruptedException {
    return asked.poll(time.toMillis(), TimeUnit.MILLISECONDS) != null;
  }

  /** Whether the API was asked anything that was not taken yet. */
  public boolean wasAskedMore() {
    return !asked.isEmpty();
  }

  /** Nothing listens any more. */
  public void down() {
    server.stop(0);
  }

  /** Listens again on the same port. */
  public void up() {
    start(port());
  }

  @Override
  public void close() {
    down();
  }

  private void start(int port) {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::api);
    server.createContext("/imds", this::imds);
    server.start();
  }

  private void api(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(new Asked(path, authorization == null ? "" : authorization, body));
    sideEffect.happen();
    boolean post = exchange.getRequestMethod().equals("POST");
    send(exchange, post ? answers.getOrDefault(path, new Answer(404, "")) : new Answer(405, ""));
  }

  private void imds(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/imds/latest/api/token")) {
      String ttl = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token-ttl-seconds");
      boolean sound = exchange.getRequestMethod().equals("PUT") && ttl != null;
      send(exchange, sound ? new Answer(200, IMDS_TOKEN) : new Answer(400, ""));
    } else if (!IMDS_TOKEN.equals(
        exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))) {
      send(exchange, new Answer(401, ""));
    } else {
      send(exchange, answers.getOrDefault(path, new Answer(404, "")));
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
