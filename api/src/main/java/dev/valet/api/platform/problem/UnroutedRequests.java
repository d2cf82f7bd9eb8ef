package dev.valet.api.platform.problem;

import dev.valet.common.problem.ProblemType;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Answers what no route took, and what failed outside of resources. */
@ApplicationScoped
class UnroutedRequests {
  private static final Logger LOG = Logger.getLogger(UnroutedRequests.class);

  /** Before the framework's own handlers, which come last and answer in HTML or not at all. */
  private static final int NEARLY_LAST = Integer.MAX_VALUE - 1;

  private final ProblemResponses responses;

  UnroutedRequests(ProblemResponses responses) {
    this.responses = responses;
  }

  void register(@Observes Router router) {
    router.route().order(NEARLY_LAST).handler(this::notFound).failureHandler(this::failed);
  }

  private void notFound(RoutingContext request) {
    responses.send(ProblemException.of(ProblemType.NOT_FOUND, "There is no such route"), request);
  }

  private void failed(RoutingContext request) {
    responses.send(problem(request), request);
  }

  private static ProblemException problem(RoutingContext request) {
    if (request.failure() instanceof ProblemException problem) {
      return problem;
    }
    if (request.failure() != null) {
      return Failures.internal(LOG, request.failure());
    }
    return ProblemType.ofStatus(request.statusCode())
        .map(type -> ProblemException.of(type, type.title()))
        .orElseGet(
            () -> Failures.internal(LOG, new IllegalStateException("Failed without a cause")));
  }
}
