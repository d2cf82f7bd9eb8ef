package dev.valet.api.platform.query;

import dev.valet.common.WireName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the text of a parameter as the type that a route declares. */
final class ParameterTypes {
  /** As long as a cursor may get; no other parameter comes near it. */
  static final int LONGEST = 1_024;

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final Pattern UUID_TEXT =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private ParameterTypes() {}

  /**
   * The value.
   *
   * @throws IllegalArgumentException if the text is none of the type's; the message says what would
   *     be: "must be ..."
   */
  static Object read(Class<?> type, String text) {
    requireText(text);
    return readAs(type, text);
  }

  private static Object readAs(Class<?> type, String text) {
    if (type == UUID.class) {
      return uuid(text);
    }
    if (type == Instant.class) {
      return instant(text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return flag(text);
    }
    if (type == int.class || type == Integer.class) {
      return (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    return type.isEnum() ? constant(type, text) : text;
  }

  /** The values that a type allows, if there are few. */
  static List<String> allowed(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return List.of("true", "false");
    }
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants()).map(ParameterTypes::wire).toList()
        : List.of();
  }

  private static void requireText(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must be at most " + LONGEST + " characters long");
    }
    if (!PlainText.isStorable(text)) {
      throw new IllegalArgumentException("must be text without NUL and half characters");
    }
  }

  /** The JDK's own reading also takes "1-1-1-1-1". */
  private static UUID uuid(String text) {
    if (!UUID_TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a UUID");
    }
    return UUID.fromString(text);
  }

  private static Instant instant(String text) {
    try {
      Instant at = Instant.parse(text);
      if (at.isAfter(EARLIEST) && at.isBefore(LATEST)) {
        return at;
      }
    } catch (DateTimeException e) {
      // Said below, as for a time out of range.
    }
    throw new IllegalArgumentException(
        "must be a time between 1970 and 9999, such as 2026-11-24T03:00:00Z");
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static long whole(String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (wire(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("must be one of " + String.join(", ", allowed(type)));
  }

  private static String wire(Object constant) {
    return constant instanceof WireName name ? name.wire() : ((Enum<?>) constant).name();
  }
}
