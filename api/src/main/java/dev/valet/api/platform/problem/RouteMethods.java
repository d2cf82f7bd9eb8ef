package dev.valet.api.platform.problem;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Knows the methods of every path. The framework forgets them where several resources share the
 * beginning of a path: it then says that there is no such route.
 */
@ApplicationScoped
class RouteMethods {
  private volatile @Nullable List<Known> routes;

  private record Known(Pattern path, String method) {}

  /** The methods that a path has, sorted; empty if there is no such path. */
  SortedSet<String> of(String path) {
    SortedSet<String> methods = new TreeSet<>();
    for (Known route : routes()) {
      if (route.path().matcher(path).matches()) {
        methods.add(route.method());
      }
    }
    return methods;
  }

  /** Read at the first wrong method; they do not change. */
  private List<Known> routes() {
    List<Known> known = routes;
    if (known == null) {
      known = read();
      routes = known;
    }
    return known;
  }

  private static List<Known> read() {
    List<Known> found = new ArrayList<>();
    RuntimeResourceVisitor.visitRuntimeResources(
        "",
        ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers(),
        new RuntimeResourceVisitor() {
          @Override
          public void visitRuntimeResource(
              @Nullable String method, String path, RuntimeResource resource) {
            if (method != null) {
              found.add(new Known(pattern(path), method));
            }
          }
        });
    return List.copyOf(found);
  }

  private static Pattern pattern(String path) {
    String trimmed = "/" + path.replaceAll("^/+|/+$", "").replaceAll("/+", "/");
    return Pattern.compile(trimmed.replaceAll("\\{[^/]*}", "[^/]+") + "/?");
  }
}
