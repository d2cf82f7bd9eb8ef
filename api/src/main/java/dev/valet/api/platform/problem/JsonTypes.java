package dev.valet.api.platform.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a Java type is called by somebody who writes JSON or a query. */
final class JsonTypes {
  private JsonTypes() {}

  /** With its article: {@code a whole number}. */
  static String name(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (isWhole(type)) {
      return "a whole number within range";
    }
    if (type == double.class || type == float.class || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    return ofObject(type);
  }

  private static String ofObject(Class<?> type) {
    if (type == UUID.class) {
      return "a UUID such as 0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e";
    }
    if (type == Instant.class) {
      return "a time such as 2026-11-24T03:00:00Z";
    }
    if (type == Duration.class) {
      return "a duration such as PT30S";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "text";
    }
    return type.isArray() || Collection.class.isAssignableFrom(type)
        ? "a list"
        : Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "of another type";
  }

  private static boolean isWhole(Class<?> type) {
    return type == int.class
        || type == long.class
        || type == short.class
        || type == Integer.class
        || type == Long.class
        || type == Short.class;
  }
}
