package dev.valet.agent.netguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as no browser would send them; 127.0.0.2 plays the public network. */
class CheckingProxyTest {
  private final Vertx vertx = Vertx.vertx();
  private final TestProxy names = new TestProxy();
  private HttpServer server;
  private int port;
  private TaskProxy proxy;
  private volatile boolean admitted = true;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
    server.createContext("/", CheckingProxyTest::echo);
    server.start();
    port = server.getAddress().getPort();
    names.name("page.test", "127.0.0.2").name("rebind.test", "127.0.0.2", "127.0.0.1");
    proxy =
        names
            .open(vertx, List.of("127.0.0.2/32"), List.of(port, 80))
            .open((client, own, credentials) -> admitted || "Basic let-me".equals(credentials));
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.stop(0);
    vertx.close();
  }

  /** Tells what arrived, in one header each. */
  private static void echo(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("X-Method", exchange.getRequestMethod());
    exchange.getResponseHeaders().add("X-Uri", exchange.getRequestURI().toString());
    exchange.getResponseHeaders().add("X-Host", exchange.getRequestHeaders().getFirst("Host"));
    exchange
        .getResponseHeaders()
        .add("X-Names", String.join(",", exchange.getRequestHeaders().keySet()));
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : body.length == 0 ? 0 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Test
  void aRequestIsHandedOnWithoutWhatIsTheProxys() throws Exception {
    String answer =
        ask(
            "POST http://page.test:" + port + "/a?b=c%7Cd HTTP/1.1",
            "Host: other.test",
            "Proxy-Authorization: Basic let-me",
            "Connection: X-Hop",
            "X-Hop: 1",
            "X-End: 2",
            "Content-Length: 5",
            "",
            "hello");

    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .contains("X-method: POST", "X-uri: /a?b=c%7Cd", "X-host: page.test:" + port, "X-end")
        .doesNotContainIgnoringCase("x-hop")
        .doesNotContainIgnoringCase("proxy-authorization")
        .endsWith("hello");
  }

  @Test
  void anAnswerWithoutABodyEnds() throws Exception {
    assertThat(get("HEAD", "http://page.test:" + port + "/")).startsWith("HTTP/1.1 200");
    assertThat(get("GET", "http://page.test:" + port + "/")).startsWith("HTTP/1.1 200");
  }

  @Test
  void aNameIsLookedUpOnceAndTheCheckedAddressIsUsed() throws Exception {
    assertThat(get("GET", "http://rebind.test:" + port + "/")).startsWith("HTTP/1.1 200");

    assertThat(names.lookUps("rebind.test")).isEqualTo(1);
  }

  @Test
  void aNameThatTurnsToLoopbackIsRefused() throws Exception {
    get("GET", "http://rebind.test:" + port + "/");

    assertThat(get("GET", "http://rebind.test:" + port + "/"))
        .startsWith("HTTP/1.1 403")
        .containsIgnoringCase("proxy-status: valet-agent; error=destination_ip_prohibited")
        .contains("127.0.0.1 is loopback");
    assertThat(proxy.troubles())
        .containsExactly(
            new Trouble("rebind.test:" + port, Trouble.Kind.REFUSED, "127.0.0.1 is loopback"));
    assertThat(proxy.trouble("rebind.test:" + port, 403)).isPresent();
    assertThat(proxy.trouble("rebind.test:" + port, 502)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::169.254.169.254]",
        "[2002:a9fe:a9fe::]",
        "[::1]",
        "[::]",
        "0.0.0.0",
        "0",
        "localhost",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1"
      })
  void everyWayToWriteAClosedAddressIsRefused(String host) throws Exception {
    assertThat(get("GET", "http://" + host + "/")).startsWith("HTTP/1.1 403");
    assertThat(ask("CONNECT " + host + ":80 HTTP/1.1", "Host: " + host + ":80", "", ""))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void otherPortsAreRefusedWithoutALookUp() throws Exception {
    assertThat(get("GET", "http://page.test:22/")).startsWith("HTTP/1.1 403").contains("port 22");
    assertThat(names.lookUps("page.test")).isZero();
  }

  @Test
  void whoeverIsNotLetInGetsNowhere() throws Exception {
    admitted = false;

    assertThat(get("GET", "http://page.test:" + port + "/")).startsWith("HTTP/1.1 407");
    assertThat(ask("CONNECT page.test:" + port + " HTTP/1.1", "Host: page.test", "", ""))
        .startsWith("HTTP/1.1 407");
    assertThat(names.lookUps("page.test")).isZero();
  }

  @Test
  void credentialsMayComeWithALaterRequestOfTheConnection() throws Exception {
    admitted = false;
    try (Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.port())) {
      client.setSoTimeout(10_000);
      BufferedReader in = reader(client);
      String request = "HEAD http://page.test:" + port + "/ HTTP/1.1\r\nHost: page.test\r\n";
      write(client, request + "\r\n");
      assertThat(head(in)).startsWith("HTTP/1.1 407");
      write(client, request + "Proxy-Authorization: Basic let-me\r\n\r\n");
      assertThat(head(in)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void nobodyAtTheAddressIsABadGateway() throws Exception {
    server.stop(0);

    assertThat(get("GET", "http://page.test:" + port + "/"))
        .startsWith("HTTP/1.1 502")
        .containsIgnoringCase("error=destination_unavailable");
  }

  @Test
  void whatIsNoProxyRequestIsRefused() throws Exception {
    assertThat(get("GET", "/health")).startsWith("HTTP/1.1 400");
    assertThat(get("GET", "https://page.test/")).startsWith("HTTP/1.1 400");
  }

  @Test
  void aTunnelCarriesBytesUntilTheProxyIsClosed() throws Exception {
    try (ServerSocket far = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"))) {
      TaskProxy other =
          names
              .open(vertx, List.of("127.0.0.2/32"), List.of(far.getLocalPort()))
              .open((client, own, credentials) -> true);
      try (Socket near = new Socket(InetAddress.ofLiteral("127.0.0.1"), other.port())) {
        near.setSoTimeout(10_000);
        write(near, "CONNECT page.test:" + far.getLocalPort() + " HTTP/1.1\r\nHost: x\r\n\r\n");
        try (Socket end = far.accept()) {
          BufferedReader in = reader(near);
          assertThat(head(in)).startsWith("HTTP/1.1 200");
          write(near, "ping\n");
          assertThat(reader(end).readLine()).isEqualTo("ping");
          write(end, "pong\n");
          assertThat(in.readLine()).isEqualTo("pong");
          other.close();
          assertThat(in.readLine()).isNull();
        }
      }
    }
  }

  private String get(String method, String uri) throws IOException {
    return ask(method + " " + uri + " HTTP/1.1", "Host: x", "", "");
  }

  /** Sends it, and reads until the other end is done. */
  private String ask(String... lines) throws IOException {
    try (Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.port())) {
      client.setSoTimeout(10_000);
      String request = String.join("\r\n", lines);
      write(client, request.replaceFirst("\r\n", "\r\nConnection: close\r\n"));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String head(BufferedReader in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
      if (line.startsWith("content-length") || line.startsWith("Content-Length")) {
        int length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        skipAfterHead(in, head, length);
        return head.toString();
      }
    }
    return head.toString();
  }

  private static void skipAfterHead(BufferedReader in, StringBuilder head, int length)
      throws IOException {
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
    }
    if (!head.toString().startsWith("HTTP/1.1 200")) {
      in.skip(length);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
