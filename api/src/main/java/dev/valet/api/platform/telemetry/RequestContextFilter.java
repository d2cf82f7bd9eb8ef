package dev.valet.api.platform.telemetry;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** First of all, every request gets its id: in the answer, in log lines and in problems. */
@ApplicationScoped
class RequestContextFilter {
  private static final int FIRST = 1_000;

  void register(@Observes Filters filters) {
    filters.register(RequestContextFilter::identify, FIRST);
  }

  private static void identify(RoutingContext request) {
    String id = RequestInfo.id(request);
    request.response().putHeader(RequestInfo.HEADER, id);
    LogFields.requestId(id);
    request.next();
  }
}
