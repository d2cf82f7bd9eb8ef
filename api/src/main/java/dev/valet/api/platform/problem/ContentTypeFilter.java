package dev.valet.api.platform.problem;

import dev.valet.common.problem.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** A body must say what it is; the framework would take one that does not for JSON. */
class ContentTypeFilter {
  private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+");

  /**
   * Where there is no body, its type means nothing. The framework would refuse a route whose body
   * is optional for lack of it, or for the one that many clients send with every POST.
   */
  @ServerRequestFilter(preMatching = true)
  void settle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!hasBody(request) && !request.method().equals(HttpMethod.GET)) {
      request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
    }
  }

  @ServerRequestFilter(priority = Priorities.HEADER_DECORATOR)
  void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (hasBody(request) && !isMediaType(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      throw ProblemException.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The body does not say what it is; send Content-Type: application/json");
    }
  }

  private static boolean isMediaType(@Nullable String given) {
    return given != null && MEDIA_TYPE.matcher(given).lookingAt();
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
