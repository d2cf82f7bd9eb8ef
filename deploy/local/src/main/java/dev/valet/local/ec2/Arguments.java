package dev.valet.local.ec2;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code --name value} pairs. */
final class Arguments {

  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException for a name that is not known, given twice or without a value
   */
  Arguments(String[] args, Set<String> known) {
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || !known.contains(args[i].substring(2))) {
        throw new IllegalArgumentException(
            "Unknown argument '" + args[i] + "'; known are " + new TreeSet<>(known));
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      if (values.put(args[i].substring(2), args[i + 1]) != null) {
        throw new IllegalArgumentException(args[i] + " is given twice");
      }
    }
  }

  String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  int port(String name) {
    String value = required(name);
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
      throw new IllegalArgumentException("--" + name + " must be 0 to 65535, not " + value);
    }
    return Integer.parseInt(value);
  }

  Duration duration(String name, Duration otherwise) {
    @Nullable String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--" + name + " must be a duration such as PT1S, not " + value, e);
    }
  }
}
