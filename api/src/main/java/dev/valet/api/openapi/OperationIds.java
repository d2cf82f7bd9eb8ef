package dev.valet.api.openapi;

import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.models.Operation;
import org.jboss.jandex.DotName;

/**
 * Names operations that have no name of their own, for generated clients: {@code GET
 * /api/v1/sandboxes} is {@code listSandboxes}, {@code POST /api/v1/sandboxes/{id}/start} is {@code
 * startSandbox}.
 */
final class OperationIds {
  private static final DotName PAGE = DotName.createSimple(dev.valet.api.platform.query.Page.class);

  private OperationIds() {}

  static void complete(Operation operation, Route route) {
    if (operation.getOperationId() == null) {
      operation.setOperationId(name(route));
    }
  }

  private static String name(Route route) {
    List<String> parts =
        route.parts().stream().filter(part -> !part.matches("api|agent|v\\d+")).toList();
    String last = parts.getLast();
    return switch (route.verb()) {
      case GET ->
          (isPage(route) ? "list" : "get") + nouns(parts, !isPage(route) && route.endsWithId());
      case PUT -> "replace" + nouns(parts, true);
      case PATCH -> "update" + nouns(parts, true);
      case DELETE -> "delete" + nouns(parts, true);
      default ->
          isVerbOnObject(parts)
              ? camel(last, false) + nouns(parts.subList(0, parts.size() - 1), true)
              : "create" + nouns(parts, true);
    };
  }

  private static boolean isVerbOnObject(List<String> parts) {
    return parts.size() > 1 && !isId(parts.getLast()) && isId(parts.get(parts.size() - 2));
  }

  private static boolean isPage(Route route) {
    return route.method().returnType().toString().contains(PAGE.toString());
  }

  /** All nouns of a path; those that are followed by an id, and the last if asked, in singular. */
  private static String nouns(List<String> parts, boolean lastIsOne) {
    StringBuilder nouns = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      if (!isId(parts.get(i))) {
        boolean last = i == parts.size() - 1;
        boolean one = last ? lastIsOne : isId(parts.get(i + 1));
        nouns.append(camel(one ? singular(parts.get(i)) : parts.get(i), true));
      }
    }
    return nouns.toString();
  }

  /** {@code sandboxes} is {@code sandbox}. */
  static String singular(String noun) {
    return noun.replaceFirst("(?<=x)es$|ies$|(?<=[^su])s$", noun.endsWith("ies") ? "y" : "");
  }

  private static boolean isId(String part) {
    return part.startsWith("{");
  }

  private static String camel(String words, boolean capital) {
    StringBuilder name = new StringBuilder();
    for (String word : words.split("-")) {
      boolean upper = capital || !name.isEmpty();
      name.append(upper ? word.substring(0, 1).toUpperCase(Locale.ROOT) : word.substring(0, 1));
      name.append(word.substring(1));
    }
    return name.toString();
  }
}
