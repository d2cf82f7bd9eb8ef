package dev.valet.api.platform.query;

import dev.valet.common.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters that a route declares, and what is wrong with those that it was given. */
final class RouteParameters {
  private final Map<String, Declared> query = new TreeMap<>();
  private final Map<String, Declared> path = new TreeMap<>();

  /** A parameter of one route. */
  record Declared(String name, Place place, Class<?> type, boolean repeatable) {}

  /** Where a parameter stands. */
  enum Place {
    PATH,
    QUERY
  }

  RouteParameters(List<Declared> declared) {
    for (Declared parameter : declared) {
      (parameter.place() == Place.QUERY ? query : path).put(parameter.name(), parameter);
    }
  }

  /** Names of the query parameters, sorted. */
  List<String> queryNames() {
    return List.copyOf(query.keySet());
  }

  /** Parameters that the route does not have; each with those that it has. */
  List<FieldError> unknown(Map<String, List<String>> given) {
    return given.keySet().stream()
        .filter(name -> !query.containsKey(name))
        .sorted()
        .map(name -> new FieldError(shown(name), "is not a parameter of this route", queryNames()))
        .toList();
  }

  /** Values that cannot be read, and single parameters given more than once; by name. */
  List<FieldError> invalid(Map<String, List<String>> givenQuery, Map<String, String> givenPath) {
    List<FieldError> errors = new ArrayList<>();
    path.forEach((name, declared) ->
        Optional.ofNullable(givenPath.get(name)).ifPresent(text -> check(declared, text, errors)));
    query.forEach((name, declared) ->
        Optional.ofNullable(givenQuery.get(name))
            .ifPresent(texts -> check(declared, texts, errors)));
    return errors;
  }

  private static void check(Declared parameter, List<String> texts, List<FieldError> errors) {
    if (texts.size() > 1 && !parameter.repeatable()) {
      errors.add(new FieldError(parameter.name(), "must be given at most once"));
    } else {
      texts.forEach(text -> check(parameter, text, errors));
    }
  }

  private static void check(Declared parameter, String text, List<FieldError> errors) {
    try {
      ParameterTypes.read(parameter.type(), text);
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              parameter.name(),
              String.valueOf(e.getMessage()),
              ParameterTypes.allowed(parameter.type())));
    }
  }

  private static String shown(String name) {
    return name.length() > 100 ? name.substring(0, 100) + "..." : name;
  }
}
