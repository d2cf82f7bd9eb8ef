package dev.valet.api.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.api.platform.telemetry.RequestInfo;
import dev.valet.common.problem.FieldError;
import dev.valet.common.problem.Problem;
import dev.valet.common.problem.ProblemType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Turns a problem into an answer: for resources, and for what never reaches one. */
@ApplicationScoped
@RegisterForReflection(targets = {Problem.class, FieldError.class}) // written by our own mapper
public class ProblemResponses {
  private final JsonMapper json = JsonMapper.builder().build();

  /** The answer for a resource's exception mapper. */
  public Response response(ProblemException problem, RoutingContext request) {
    Response.ResponseBuilder response =
        Response.status(problem.type().status())
            .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
            .entity(text(problem, request));
    problem.headers().forEach(response::header);
    return response.build();
  }

  /** Answers at once, outside of resources; does nothing if an answer is under way already. */
  public void send(ProblemException problem, RoutingContext request) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.ended()) {
      return;
    }
    problem.headers().forEach(response::putHeader);
    response
        .setStatusCode(problem.type().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(text(problem, request))
        .onFailure(failure -> request.request().connection().close());
  }

  /** The body as text: no negotiation of media types may change or refuse it. */
  private String text(ProblemException problem, RoutingContext request) {
    try {
      return json.writeValueAsString(body(problem, request));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A problem is always JSON", e);
    }
  }

  private static Problem body(ProblemException problem, RoutingContext request) {
    ProblemType type = problem.type();
    String path = request.request().path();
    return Problem.of(type, problem.detail(), path, RequestInfo.id(request), problem.errors());
  }
}
