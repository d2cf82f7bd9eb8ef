package dev.valet.api.platform.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The configuration under judgement.
 *
 * @param values a setting by name; empty if it is not set
 * @param packaged whether this is the program as it ships, not a test or development mode
 */
record Settings(Function<String, Optional<String>> values, boolean packaged) {

  Optional<String> value(String name) {
    return values.apply(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  boolean isTrue(String name) {
    return value(name).filter(value -> value.equalsIgnoreCase("true")).isPresent();
  }

  List<String> list(String name) {
    return value(name)
        .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList())
        .orElse(List.of());
  }

  /** Whether this is a whole Valet for one machine. */
  boolean isLocal() {
    return isTrue("valet.local");
  }

  /** Whether it may hold what others must not have: it ships, and is not for one machine alone. */
  boolean isProduction() {
    return packaged && !isLocal();
  }
}
