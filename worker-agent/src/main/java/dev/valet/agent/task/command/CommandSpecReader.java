package dev.valet.agent.task.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads one file of {@code tasks.d}. Strict: a field that is not known is refused by name. */
final class CommandSpecReader {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "command",
          "engine",
          "slots",
          "timeout",
          "retries",
          "environment",
          "folder",
          "outputLimit");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
  private static final int MAX_TEXT = 64 * 1024;
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Map<String, Object> fields;

  private CommandSpecReader(Map<String, Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads the text of a file.
   *
   * @param base where a relative {@code folder} begins
   * @throws SpecRefused with what is wrong and what is allowed
   */
  static CommandSpec read(String text, Path base) throws SpecRefused {
    CommandSpecReader reader = new CommandSpecReader(parse(text));
    Set<String> unknown = new TreeSet<>(reader.fields.keySet());
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw new SpecRefused(unknown + " is unknown (allowed: " + new TreeSet<>(FIELDS) + ")");
    }
    return new CommandSpec(
        reader.matching("name", NAME),
        reader.command(),
        reader.fields.containsKey("engine") ? reader.matching("engine", NAME) : null,
        reader.number("slots", 1, 1, 100),
        reader.duration("timeout", Duration.ofMinutes(5)),
        reader.number("retries", 0, 0, 100),
        reader.environment(),
        base.resolve(reader.text("folder", ".")).normalize(),
        reader.number("outputLimit", CommandSpec.MAX_OUTPUT, 2, CommandSpec.MAX_OUTPUT));
  }

  private static Map<String, Object> parse(String text) throws SpecRefused {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_TEXT);
    options.setMaxAliasesForCollections(0);
    try {
      Object root = new Yaml(new SafeConstructor(options)).load(text);
      if (root instanceof Map<?, ?> map) {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> fields.put(String.valueOf(key), value));
        return fields;
      }
    } catch (YAMLException e) {
      throw new SpecRefused("not YAML: " + oneLine(e));
    }
    throw new SpecRefused("not a YAML mapping");
  }

  private static String oneLine(YAMLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.length() > 200 ? message.substring(0, 200) : message;
  }

  private String text(String field, @Nullable String byDefault) throws SpecRefused {
    Object value = fields.get(field);
    if (value == null && byDefault != null) {
      return byDefault;
    }
    if (value instanceof String text && !text.isBlank() && text.indexOf('\0') < 0) {
      return text;
    }
    throw new SpecRefused(field + " must be a text");
  }

  private String matching(String field, Pattern pattern) throws SpecRefused {
    String text = text(field, null);
    if (!pattern.matcher(text).matches()) {
      throw new SpecRefused(field + " must match " + pattern);
    }
    return text;
  }

  private int number(String field, int byDefault, int least, int most) throws SpecRefused {
    Object value = fields.getOrDefault(field, byDefault);
    if (value instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw new SpecRefused(field + " must be a number from " + least + " to " + most);
  }

  private Duration duration(String field, Duration byDefault) throws SpecRefused {
    Object value = fields.get(field);
    if (value == null) {
      return byDefault;
    }
    Duration duration = parsedDuration(String.valueOf(value));
    if (duration == null || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new SpecRefused(field + " must be like 30s, 5m or 2h, up to 24h");
    }
    return duration;
  }

  /** Null if it is none. */
  static @Nullable Duration parsedDuration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private List<String> command() throws SpecRefused {
    List<String> words = new ArrayList<>();
    if (fields.get("command") instanceof List<?> list) {
      list.forEach(word -> words.add(String.valueOf(word)));
    }
    if (words.isEmpty() || words.getFirst().isBlank()) {
      throw new SpecRefused("command must be a list: the executable, then its arguments");
    }
    return List.copyOf(words);
  }

  private Map<String, String> environment() throws SpecRefused {
    Map<String, String> variables = new LinkedHashMap<>();
    Object value = fields.getOrDefault("environment", Map.of());
    if (!(value instanceof Map<?, ?> map)) {
      throw new SpecRefused("environment must be a mapping of names to values");
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (!VARIABLE.matcher(name).matches()) {
        throw new SpecRefused("environment: a name must match " + VARIABLE);
      }
      variables.put(name, String.valueOf(entry.getValue()));
    }
    return Map.copyOf(variables);
  }
}
