package dev.valet.api.platform.query;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.FieldError;
import dev.valet.common.problem.ProblemType;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses parameters that a route does not declare or cannot read, before its body is read. Runs
 * after the access filter: whoever may not use a route learns nothing about it.
 */
class ParameterFilter {
  private static final int AFTER_ACCESS = Priorities.AUTHORIZATION + 100;

  private final Map<Method, RouteParameters> routes = new ConcurrentHashMap<>();

  @ServerRequestFilter(priority = AFTER_ACCESS)
  void check(ResourceInfo route, UriInfo uri) {
    Class<?> resource = route.getResourceClass();
    RouteParameters declared =
        routes.computeIfAbsent(
            route.getResourceMethod(), method -> DeclaredParameters.of(resource, method));
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    refuseUnknown(declared.unknown(query));
    List<FieldError> invalid = declared.invalid(query, firsts(uri.getPathParameters()));
    if (!invalid.isEmpty()) {
      throw ProblemException.fields(invalid);
    }
  }

  private static void refuseUnknown(List<FieldError> unknown) {
    if (!unknown.isEmpty()) {
      throw ProblemException.of(
          ProblemType.UNKNOWN_PARAMETER,
          "Not parameters of this route: "
              + String.join(", ", unknown.stream().map(FieldError::field).toList()),
          unknown);
    }
  }

  private static Map<String, String> firsts(MultivaluedMap<String, String> many) {
    Map<String, String> firsts = new TreeMap<>();
    many.forEach((name, values) -> firsts.put(name, values.getFirst()));
    return firsts;
  }
}
