package dev.valet.agent.netguard;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Hands an HTTP request on and its answer back, without what belongs to one connection only. */
final class Forwarding {
  private static final Set<String> OF_ONE_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Forwarding() {}

  static RequestOptions options(HttpServerRequest request, Target target, SocketAddress address) {
    return new RequestOptions()
        .setServer(address)
        .setHost(target.host())
        .setPort(target.port())
        .setSsl(false)
        .setMethod(request.method())
        .setURI(target.path());
  }

  static Future<Void> exchange(HttpServerRequest request, HttpClientRequest onward) {
    copy(request.headers(), onward.headers());
    onward.headers().remove("Host"); // the target of the request line counts
    boolean body =
        request.headers().contains("Content-Length")
            || request.headers().contains("Transfer-Encoding");
    Future<HttpClientResponse> answer = body ? onward.send(request) : onward.send();
    if (!body) {
      request.resume();
    }
    var _ = request.response().closeHandler(closed -> onward.reset());
    return answer.compose(response -> back(request, response));
  }

  private static Future<Void> back(HttpServerRequest request, HttpClientResponse answer) {
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(answer.statusCode())
            .setStatusMessage(answer.statusMessage());
    copy(answer.headers(), response.headers());
    if (!answer.headers().contains("Content-Length") && mayHaveBody(request, answer)) {
      response.setChunked(true);
    }
    return answer.pipeTo(response);
  }

  private static boolean mayHaveBody(HttpServerRequest request, HttpClientResponse answer) {
    int status = answer.statusCode();
    return !request.method().equals(HttpMethod.HEAD)
        && status >= 200
        && status != 204
        && status != 304;
  }

  private static void copy(MultiMap from, MultiMap to) {
    Set<String> left = new TreeSet<>(OF_ONE_CONNECTION);
    for (String options : from.getAll("Connection")) {
      for (String option : options.split(",")) {
        left.add(option.strip().toLowerCase(Locale.ROOT));
      }
    }
    from.forEach((name, value) -> {
      if (!left.contains(name.toLowerCase(Locale.ROOT))) {
        to.add(name, value);
      }
    });
  }
}
