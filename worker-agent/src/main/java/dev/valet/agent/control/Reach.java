package dev.valet.agent.control;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Tries the way to one server, step by step, and says in words where it ends. */
final class Reach {
  private static final Duration STEP = Duration.ofSeconds(3);

  private final Vertx vertx;

  Reach(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A server to be reached. */
  record Target(String host, int port, boolean tls) {}

  /** Never fails; {@code ok} tells whether the way is open, {@code detail} what is wrong. */
  Future<Map<String, Object>> check(Target target) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("address", target.host() + ":" + target.port());
    found.put("tls", target.tls());
    return resolve(target.host())
        .onSuccess(addresses -> found.put("resolved", addresses))
        .compose(addresses -> connect(target))
        .map(connected -> concluded(found, true, "reachable"))
        .otherwise(failure -> concluded(found, false, words(failure)));
  }

  private static Map<String, Object> concluded(
      Map<String, Object> found, boolean ok, String detail) {
    found.put("ok", ok);
    found.put("detail", detail);
    return found;
  }

  private Future<List<String>> resolve(String host) {
    return vertx
        .executeBlocking(
            () ->
                Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .limit(8)
                    .toList(),
            false)
        .timeout(STEP.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure ->
            Future.failedFuture(
                failure instanceof UnknownHostException unknown
                    ? unknown
                    : new UnknownHostException("DNS does not answer")));
  }

  private Future<Void> connect(Target target) {
    NetClientOptions options =
        new NetClientOptions()
            .setConnectTimeout((int) STEP.toMillis())
            .setSsl(target.tls())
            .setHostnameVerificationAlgorithm("HTTPS");
    NetClient client = vertx.createNetClient(options);
    return client
        .connect(target.port(), target.host())
        .timeout(2 * STEP.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .onComplete(done -> client.close());
  }

  /** Whose fault it is, as far as the failure tells. */
  static String words(Throwable failure) {
    return switch (failure) {
      case UnknownHostException unknown -> "DNS: the name cannot be resolved";
      case ConnectTimeoutException late ->
          "no connection in time: a firewall, a security group or a wrong address";
      case NoRouteToHostException route -> "no route to the address";
      case ConnectException refused -> "the connection is refused: nothing listens there";
      case SSLException tls -> "TLS: " + cut(String.valueOf(tls.getMessage()));
      default ->
          failure.getCause() instanceof SSLException tls
              ? "TLS: " + cut(String.valueOf(tls.getMessage()))
              : "the connection fails: " + failure.getClass().getSimpleName();
    };
  }

  private static String cut(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > 200 ? clean.substring(0, 200) + "..." : clean;
  }
}
