package dev.valet.common;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An enum whose constants have a name on the wire: lower-case in JSON, query parameters and SQL.
 *
 * <p>Every such enum repeats two one-line methods because Jackson looks for {@code @JsonValue} and
 * {@code @JsonCreator} on the enum itself.
 */
public interface WireName {

  /** The constant's name in JSON, query parameters and the database. */
  String wire();

  /**
   * Finds a constant by its wire name.
   *
   * @throws IllegalArgumentException if no constant has it; the message lists the allowed names
   */
  static <E extends Enum<E> & WireName> E parse(Class<E> type, String wire) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wire().equals(wire)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("must be one of " + allowed(type));
  }

  /** All wire names of an enum, for messages: {@code dev, staging, prod}. */
  static <E extends Enum<E> & WireName> String allowed(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(WireName::wire)
        .collect(Collectors.joining(", "));
  }
}
