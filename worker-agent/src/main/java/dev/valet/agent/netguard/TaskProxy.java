package dev.valet.agent.netguard;

import dev.valet.agent.netguard.Route.Blocked;
import dev.valet.agent.netguard.Trouble.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The proxy of one task. Closing it also closes all connections through it. */
public final class TaskProxy implements AutoCloseable {
  /** Loopback, for whoever is told to use it. */
  public static final String HOST = "127.0.0.1";

  private static final Logger LOG = Logger.getLogger(TaskProxy.class);
  private static final int CONNECT_MILLIS = 10_000;
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int MOST_TROUBLES = 100;

  private final Route route;
  private final Gate gate;
  private final WorkerExecutor blocking;
  private final HttpServer server;
  private final HttpClient http;
  private final NetClient tunnels;
  private final Map<HttpConnection, Future<Boolean>> admitted = new ConcurrentHashMap<>();
  private final Set<Trouble> troubles = new LinkedHashSet<>();

  TaskProxy(Vertx vertx, Route route, Gate gate, WorkerExecutor blocking) {
    this.route = route;
    this.gate = gate;
    this.blocking = blocking;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxHeaderSize(MAX_HEADER_BYTES),
            new PoolOptions().setHttp1MaxSize(32));
    this.tunnels = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(HOST)
                    .setPort(0)
                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                    .setMaxInitialLineLength(MAX_HEADER_BYTES))
            .connectionHandler(this::connected)
            .exceptionHandler(TaskProxy::brokeOff)
            .requestHandler(this::handle);
  }

  Future<TaskProxy> listen() {
    return server.listen().map(this);
  }

  /** Where it listens on {@link #HOST}. */
  public int port() {
    return server.actualPort();
  }

  /** What it did not connect to, each once, the first hundred. */
  public List<Trouble> troubles() {
    synchronized (troubles) {
      return List.copyOf(troubles);
    }
  }

  private void note(Trouble trouble) {
    synchronized (troubles) {
      if (troubles.size() < MOST_TROUBLES) {
        troubles.add(trouble);
      }
    }
  }

  /** Whether it answered for that host and port itself, with that status. */
  public Optional<Trouble> trouble(String authority, int status) {
    return troubles().stream()
        .filter(trouble -> trouble.authority().equals(authority))
        .filter(trouble -> trouble.kind().status() == status)
        .findFirst();
  }

  private void connected(HttpConnection connection) {
    connection.closeHandler(closed -> admitted.remove(connection));
    connection.exceptionHandler(TaskProxy::brokeOff);
  }

  /** Browsers, and the servers of pages, end connections as they like. */
  private static void brokeOff(Throwable failure) {
    LOG.debugf("a connection broke off: %s", failure.getMessage());
  }

  private void handle(HttpServerRequest request) {
    request.pause();
    boolean tunnel = request.method().equals(HttpMethod.CONNECT);
    Optional<Target> target =
        tunnel ? Target.ofTunnel(request.uri()) : Target.ofRequest(request.uri());
    if (target.isEmpty()) {
      answer(request, 400, "this is a proxy for http and CONNECT");
      return;
    }
    var _ =
        admission(request)
            .onComplete(admission -> {
              if (admission.succeeded() && admission.result()) {
                go(request, target.get(), tunnel);
              } else {
                noteStranger(request);
                request.response().putHeader("Proxy-Authenticate", "Basic realm=\"task\"");
                answer(request, 407, "this proxy is another task's");
              }
            });
  }

  /** A connection that is gone meanwhile may have been the browser's, which was just ended. */
  private void noteStranger(HttpServerRequest request) {
    if (!request.response().closed()) {
      LOG.warnf("refused a stranger at port %d of a task's proxy", port());
    }
  }

  /** A connection is looked at until it is let in: a client may show its credentials later. */
  private Future<Boolean> admission(HttpServerRequest request) {
    String credentials = request.getHeader("Proxy-Authorization");
    int clientPort = request.remoteAddress().port();
    int proxyPort = request.localAddress().port();
    Future<Boolean> known = admitted.get(request.connection());
    boolean turnedAway = known != null && known.succeeded() && !known.result();
    if (known != null && !turnedAway) {
      return known;
    }
    Future<Boolean> asked =
        blocking.executeBlocking(() -> gate.admits(clientPort, proxyPort, credentials), false);
    admitted.put(request.connection(), asked);
    return asked;
  }

  private void go(HttpServerRequest request, Target target, boolean tunnel) {
    var _ =
        (tunnel ? openTunnel(request, target) : forward(request, target))
            .onFailure(failure -> fail(request, target, failure));
  }

  private Future<Void> openTunnel(HttpServerRequest request, Target target) {
    return route.follow(target, tunnels::connect).compose(remote -> join(request, remote));
  }

  private static Future<Void> join(HttpServerRequest request, NetSocket remote) {
    remote.pause();
    return request
        .toNetSocket()
        .onFailure(gone -> remote.close())
        .map(client -> {
          client.exceptionHandler(TaskProxy::brokeOff);
          remote.exceptionHandler(TaskProxy::brokeOff);
          client.closeHandler(closed -> remote.close());
          remote.closeHandler(closed -> client.close());
          var _ = client.pipeTo(remote);
          var _ = remote.pipeTo(client);
          return null;
        });
  }

  private Future<Void> forward(HttpServerRequest request, Target target) {
    return route
        .follow(target, address -> http.request(Forwarding.options(request, target, address)))
        .compose(onward -> Forwarding.exchange(request, onward));
  }

  private void fail(HttpServerRequest request, Target target, Throwable failure) {
    Trouble trouble =
        failure instanceof Blocked blocked
            ? blocked.trouble()
            : new Trouble(target.authority(), Kind.UNREACHABLE, String.valueOf(failure));
    note(trouble);
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      response.reset(); // the answer broke off: so does this one
      return;
    }
    response.putHeader("Proxy-Status", "valet-agent; error=" + trouble.kind().word());
    answer(request, trouble.kind().status(), trouble.line());
  }

  private static void answer(HttpServerRequest request, int status, String text) {
    request.resume();
    var _ =
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "text/plain; charset=utf-8")
            .putHeader("Cache-Control", "no-store")
            .end("valet: " + text + "\n");
  }

  /** Returns at once. */
  @Override
  public void close() {
    var _ = server.close();
    var _ = http.close();
    var _ = tunnels.close();
  }
}
