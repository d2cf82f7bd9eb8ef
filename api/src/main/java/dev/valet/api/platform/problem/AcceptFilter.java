package dev.valet.api.platform.problem;

import dev.valet.common.problem.ProblemType;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Every resource answers JSON; whoever takes none is told so before anything is done. */
class AcceptFilter {
  @ServerRequestFilter(priority = Priorities.HEADER_DECORATOR)
  void check(HttpHeaders headers) {
    if (accepted(headers).stream().noneMatch(MediaType.APPLICATION_JSON_TYPE::isCompatible)) {
      throw ProblemException.of(
          ProblemType.NOT_ACCEPTABLE, "This route answers application/json; accept that");
    }
  }

  private static List<MediaType> accepted(HttpHeaders headers) {
    try {
      return headers.getAcceptableMediaTypes();
    } catch (IllegalArgumentException | ProcessingException e) {
      throw ProblemException.field("Accept", "must be a list of media types");
    }
  }
}
