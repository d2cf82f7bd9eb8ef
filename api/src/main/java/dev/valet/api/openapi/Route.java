package dev.valet.api.openapi;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * A route as the annotations of its resource declare it.
 *
 * @param path with its parameters in braces, as in the document
 */
record Route(HttpMethod verb, String path, ClassInfo resource, MethodInfo method) {
  private static final DotName PATH = DotName.createSimple(Path.class);
  private static final Map<HttpMethod, DotName> VERBS =
      Map.of(
          HttpMethod.GET, DotName.createSimple(GET.class),
          HttpMethod.POST, DotName.createSimple(POST.class),
          HttpMethod.PUT, DotName.createSimple(PUT.class),
          HttpMethod.PATCH, DotName.createSimple(PATCH.class),
          HttpMethod.DELETE, DotName.createSimple(DELETE.class));

  /** All routes by {@link #key}. */
  static Map<String, Route> all(IndexView index) {
    return index.getAnnotations(PATH).stream()
        .filter(path -> path.target().kind() == org.jboss.jandex.AnnotationTarget.Kind.CLASS)
        .flatMap(path -> of(path.target().asClass()))
        .collect(
            Collectors.toMap(
                route -> key(route.verb, route.path),
                route -> route,
                (one, same) -> one,
                TreeMap::new));
  }

  /** Method and path, which name a route. */
  static String key(HttpMethod verb, String path) {
    return verb + " " + path;
  }

  /** Whether a call may change something. */
  boolean isUnsafe() {
    return verb != HttpMethod.GET;
  }

  /** Whether the last part of the path is an id. */
  boolean endsWithId() {
    return path.endsWith("}");
  }

  /** The parts of the path. */
  List<String> parts() {
    return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  /** The annotation of the method, or else of its class. */
  @Nullable AnnotationInstance annotation(DotName type) {
    AnnotationInstance own = method.annotation(type);
    return own == null ? resource.declaredAnnotation(type) : own;
  }

  private static Stream<Route> of(ClassInfo resource) {
    return resource.methods().stream()
        .flatMap(method ->
            VERBS.entrySet().stream()
                .filter(verb -> method.hasAnnotation(verb.getValue()))
                .map(verb -> new Route(verb.getKey(), path(resource, method), resource, method)));
  }

  private static String path(ClassInfo resource, MethodInfo method) {
    String path =
        "/" + value(resource.declaredAnnotation(PATH)) + "/" + value(method.annotation(PATH));
    return path.replaceAll("\\{\\s*(\\w+)[^}]*}", "{$1}")
        .replaceAll("/+", "/")
        .replaceAll("/$", "");
  }

  private static String value(@Nullable AnnotationInstance path) {
    return path == null ? "" : path.value().asString();
  }
}
