package dev.valet.api.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.valet.common.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.SortedSet;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps everything that a resource, or the way to it, can throw. */
@ApplicationScoped
class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private final ProblemResponses responses;
  private final RouteMethods methods;

  ProblemMappers(ProblemResponses responses, RouteMethods methods) {
    this.responses = responses;
    this.methods = methods;
  }

  @ServerExceptionMapper
  Response problem(ProblemException failure, RoutingContext request) {
    return responses.response(failure, request);
  }

  @ServerExceptionMapper
  Response body(JsonProcessingException failure, RoutingContext request) {
    return responses.response(JsonFaults.problem(failure), request);
  }

  /** Named because the framework has a mapper for just this one, which would win. */
  @ServerExceptionMapper
  Response body(MismatchedInputException failure, RoutingContext request) {
    return body((JsonProcessingException) failure, request);
  }

  @ServerExceptionMapper(ValidationException.class)
  Response constraints(ValidationException failure, RoutingContext request) {
    boolean theirs =
        failure instanceof ConstraintViolationException violations
            && !ConstraintFaults.isOurs(violations);
    return responses.response(
        theirs
            ? ConstraintFaults.problem((ConstraintViolationException) failure)
            : Failures.internal(LOG, failure),
        request);
  }

  @ServerExceptionMapper
  Response framework(WebApplicationException failure, RoutingContext request) {
    return responses.response(ofStatus(failure, request), request);
  }

  @ServerExceptionMapper
  Response anything(Throwable failure, RoutingContext request) {
    return responses.response(Failures.problem(LOG, failure), request);
  }

  private ProblemException ofStatus(WebApplicationException failure, RoutingContext request) {
    Throwable cause = failure.getCause();
    if (cause instanceof ProblemException problem) {
      return problem;
    }
    if (cause instanceof JsonProcessingException fault) {
      return JsonFaults.problem(fault);
    }
    return switch (failure.getResponse().getStatus()) {
      case 400 -> malformed();
      case 404 -> cause == null ? notFound(request) : badParameter();
      case 405 -> notAllowed(methods.of(request.request().path()), request);
      case 406 ->
          ProblemException.of(
              ProblemType.NOT_ACCEPTABLE, "This route answers application/json; ask for that");
      case 415 ->
          ProblemException.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "This route takes another Content-Type than "
                  + shown(request.request().getHeader(HttpHeaders.CONTENT_TYPE)));
      default -> other(failure);
    };
  }

  private static ProblemException malformed() {
    return ProblemException.of(ProblemType.MALFORMED_BODY, "The request cannot be read");
  }

  private ProblemException notFound(RoutingContext request) {
    SortedSet<String> others = methods.of(request.request().path());
    return others.isEmpty() || others.contains(request.request().method().name())
        ? ProblemException.of(ProblemType.NOT_FOUND, "There is no such route")
        : notAllowed(others, request);
  }

  private static ProblemException badParameter() {
    return ProblemException.of(ProblemType.VALIDATION, "A parameter has a value of another type");
  }

  private static ProblemException notAllowed(SortedSet<String> others, RoutingContext request) {
    String method = shown(request.request().method().name().toUpperCase(Locale.ROOT));
    String allow = String.join(", ", others);
    return ProblemException.of(
            ProblemType.METHOD_NOT_ALLOWED, "This route has no " + method + ", only " + allow)
        .withHeader(HttpHeaders.ALLOW, allow);
  }

  private static ProblemException other(WebApplicationException failure) {
    int status = failure.getResponse().getStatus();
    return ProblemType.ofStatus(status)
        .filter(type -> type != ProblemType.INTERNAL)
        .map(type -> ProblemException.of(type, type.title()))
        .orElseGet(() -> Failures.internal(LOG, failure));
  }

  private static String shown(String given) {
    return given == null ? "none" : given.length() > 100 ? given.substring(0, 100) + "..." : given;
  }
}
