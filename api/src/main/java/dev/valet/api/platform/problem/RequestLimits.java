package dev.valet.api.platform.problem;

import dev.valet.common.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses requests that are too large before anything is made of them. */
@ApplicationScoped
class RequestLimits {
  /** Largest body, in bytes. */
  static final int BODY = 64 * 1024;

  /** Longest path with query, in characters. */
  static final int URI = 8 * 1024;

  /** Names and values of all header fields, in characters. */
  static final int HEADERS = 16 * 1024;

  /** After the request has its id, before everything else. */
  private static final int PRIORITY = 900;

  private final ProblemResponses responses;

  RequestLimits(ProblemResponses responses) {
    this.responses = responses;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext request) {
    ProblemException problem = violation(request.request());
    if (problem == null) {
      request.next();
    } else {
      // The rest of the request is not read, so the connection cannot be used again.
      responses.send(problem.withHeader("Connection", "close"), request);
    }
  }

  private static @Nullable ProblemException violation(HttpServerRequest request) {
    if (request.uri().length() > URI) {
      return ProblemException.of(
          ProblemType.URI_TOO_LONG, "The address is longer than " + URI + " characters");
    }
    if (size(request) > HEADERS) {
      return ProblemException.of(
          ProblemType.HEADERS_TOO_LARGE,
          "The header fields are longer than " + HEADERS + " characters");
    }
    return declaredLength(request) > BODY ? bodyTooLarge() : null;
  }

  private static int size(HttpServerRequest request) {
    int size = 0;
    for (Map.Entry<String, String> field : request.headers()) {
      size += field.getKey().length() + field.getValue().length();
    }
    return size;
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** 413 with the limit. */
  static ProblemException bodyTooLarge() {
    return ProblemException.of(
        ProblemType.BODY_TOO_LARGE, "The body is larger than " + BODY + " bytes");
  }
}
