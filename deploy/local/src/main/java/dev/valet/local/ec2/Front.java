package dev.valet.local.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.valet.local.ec2.wire.Reply;
import dev.valet.local.ec2.wire.SignedCall;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP server on loopback: bounded bodies, a virtual thread for each request. */
final class Front implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Front.class.getName());
  private static final int MAX_BODY = 256 * 1024;
  private static final int BACKLOG = 1024;

  static {
    // Read by the server when its class is loaded. Without the first an answer waits 40 ms for an
    // acknowledgement that the other side delays.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Seconds that a caller may take to send a request.
    System.setProperty("sun.net.httpserver.maxReqTime", "20");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What answers below one path. */
  @FunctionalInterface
  interface Route {
    /**
     * Answers one request.
     *
     * @throws InterruptedException when the service ends meanwhile; then no answer is sent
     */
    Reply answer(SignedCall call) throws InterruptedException;
  }

  private Front(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
  }

  /** Listens on a port, 0 for any free one, and answers from {@link #open} on. */
  static Front on(int port) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    try {
      return new Front(HttpServer.create(address, BACKLOG));
    } catch (IOException e) {
      throw new IOException(
          "Cannot listen on 127.0.0.1:%d (%s); choose another --port"
              .formatted(port, e.getMessage()),
          e);
    }
  }

  Front route(String path, Route route) {
    server.createContext(path, exchange -> serve(exchange, route));
    return this;
  }

  void open() {
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void serve(HttpExchange exchange, Route route) throws IOException {
    try (exchange) {
      send(exchange, reply(exchange, route));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Reply reply(HttpExchange exchange, Route route)
      throws IOException, InterruptedException {
    Optional<byte[]> body = body(exchange);
    if (body.isEmpty()) {
      return tooLarge();
    }
    try {
      return route.answer(call(exchange, body.get()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Cannot answer " + exchange.getRequestMethod(), e);
      return Reply.text(500, "An internal error has occurred\n");
    }
  }

  private static Reply tooLarge() {
    return Reply.text(413, "The body is larger than " + MAX_BODY + " bytes\n");
  }

  private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(MAX_BODY + 1);
      return body.length > MAX_BODY ? Optional.empty() : Optional.of(body);
    }
  }

  private static SignedCall call(HttpExchange exchange, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    URI uri = exchange.getRequestURI();
    return new SignedCall(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        headers,
        body);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(
        reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    if (reply.body().length > 0) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    // Not interrupted: that would close the journal under whoever is writing it.
    threads.shutdown();
  }
}
