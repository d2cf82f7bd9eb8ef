package dev.valet.api.openapi;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Javadoc of classes, which the compiler has left beside them. So what a record's components
 * mean is written once, where they are declared.
 */
final class Javadoc {
  private static final Pattern PARAM =
      Pattern.compile("(?s)@param\\s+(\\w+)\\s+(.*?)(?=\\n\\s*@|$)");
  private static final Pattern TAGS =
      Pattern.compile("(?s)(^|\\n)\\s*@(param|throws|see|return).*");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)[,;]?\\s*such\\s+as\\s+\\{@code\\s+(.*?)}(?=[\\s.,;:)]|$)");

  /**
   * What is written of a class.
   *
   * @param summary of the class itself; empty if nothing is
   * @param components of a record's components by name, raw
   * @param constants of an enum's constants by name
   */
  record Words(String summary, Map<String, String> components, Map<String, String> constants) {
    /** For people to read; empty if nothing is written. */
    String component(String name) {
      String text = clean(EXAMPLE.matcher(components.getOrDefault(name, "")).replaceAll(""));
      return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** What follows "such as", and is left out of the text; null if nothing does. */
    @Nullable String example(String name) {
      Matcher example = EXAMPLE.matcher(components.getOrDefault(name, ""));
      return example.find() ? example.group(1).replaceAll("\\s+", " ") : null;
    }
  }

  /** The words on a class, by its binary name. */
  Words of(String className) {
    String file = className.replace('.', '/') + "__Javadoc.json";
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
      return in == null
          ? new Words("", Map.of(), Map.of())
          : read(new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Words read(JsonObject json) {
    String doc = json.getString("doc", "");
    Map<String, String> components = new LinkedHashMap<>();
    Matcher param = PARAM.matcher(doc);
    while (param.find()) {
      components.put(param.group(1), param.group(2));
    }
    Map<String, String> constants = new LinkedHashMap<>();
    json.getJsonArray("enumConstants").stream()
        .map(JsonObject.class::cast)
        .forEach(one -> constants.put(one.getString("name"), clean(one.getString("doc"))));
    return new Words(clean(TAGS.matcher(doc).replaceFirst("")), components, constants);
  }

  /** Inline tags become what Markdown has for them. */
  private static String clean(String text) {
    return text.replaceAll("\\{@code\\s+([^{}]*(\\{[^{}]*})?[^{}]*)}", "`$1`")
        .replaceAll("\\{@link\\s+#?(\\w+\\.)*([\\w#]+)(\\([^)]*\\))?}", "`$2`")
        .replaceAll("<p>|</?ul>|</li>", " ")
        .replaceAll("<li>", "- ")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
