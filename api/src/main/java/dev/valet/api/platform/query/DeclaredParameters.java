package dev.valet.api.platform.query;

import dev.valet.api.platform.query.RouteParameters.Declared;
import dev.valet.api.platform.query.RouteParameters.Place;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads a route's parameters from its method's signature. */
final class DeclaredParameters {
  private DeclaredParameters() {}

  /** The parameters of a resource method, those of its {@code @BeanParam}s included. */
  static RouteParameters of(Class<?> resource, Method method) {
    String template = template(resource) + template(method);
    List<Declared> declared = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        addFields(parameter.getType(), declared);
      } else {
        add(parameter, parameter.getName(), parameter.getParameterizedType(), template, declared);
      }
    }
    return new RouteParameters(declared);
  }

  private static String template(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : "/" + path.value();
  }

  private static void addFields(Class<?> bean, List<Declared> declared) {
    for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        add(field, field.getName(), field.getGenericType(), "", declared);
      }
    }
  }

  private static void add(
      AnnotatedElement element, String name, Type type, String template, List<Declared> declared) {
    String query = query(element, name);
    if (query != null) {
      declared.add(new Declared(query, Place.QUERY, single(type), isMany(type)));
      return;
    }
    String path = path(element, name, template);
    if (path != null) {
      declared.add(new Declared(path, Place.PATH, single(type), false));
    }
  }

  private static @Nullable String query(AnnotatedElement element, String name) {
    QueryParam standard = element.getAnnotation(QueryParam.class);
    if (standard != null) {
      return standard.value();
    }
    RestQuery rest = element.getAnnotation(RestQuery.class);
    return rest == null ? null : rest.value().isEmpty() ? name : rest.value();
  }

  /** A parameter without annotation is the path's, if the path has one of that name. */
  private static @Nullable String path(AnnotatedElement element, String name, String template) {
    PathParam standard = element.getAnnotation(PathParam.class);
    if (standard != null) {
      return standard.value();
    }
    RestPath rest = element.getAnnotation(RestPath.class);
    if (rest != null) {
      return rest.value().isEmpty() ? name : rest.value();
    }
    boolean implied =
        element.getAnnotations().length == 0 && template.matches(".*\\{\\s*" + name + "\\s*[:}].*");
    return implied ? name : null;
  }

  private static boolean isMany(Type type) {
    return type instanceof Class<?> plain
        ? plain.isArray()
        : type instanceof ParameterizedType generic
            && generic.getRawType() instanceof Class<?> raw
            && Collection.class.isAssignableFrom(raw);
  }

  private static Class<?> single(Type type) {
    if (type instanceof Class<?> plain) {
      return plain.isArray() ? plain.getComponentType() : plain;
    }
    if (type instanceof ParameterizedType generic
        && generic.getRawType() instanceof Class<?> raw
        && (Collection.class.isAssignableFrom(raw) || raw == Optional.class)) {
      return single(generic.getActualTypeArguments()[0]);
    }
    return Object.class;
  }
}
