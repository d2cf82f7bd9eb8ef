package dev.valet.agent.task.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a task's input; whatever is wrong is named with what is allowed. */
final class CaptureRequestReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> FIELDS =
      Set.of("url", "engine", "waitFor", "timeout", "viewport", "fullPage");
  private static final Set<String> SIDES = Set.of("width", "height");
  private static final Pattern URL = Pattern.compile("(?i)https?://[^\\s/?#\\\\@]+([/?#]\\S*)?");
  private static final int LONGEST_URL = 2_048;
  private static final int LONGEST_SELECTOR = 1_000;
  private static final int LONGEST_TIMEOUT = 120_000;
  private static final int LONGEST_PAUSE = 60_000;
  private static final String WAITS =
      "waitFor must be \"load\", \"domcontentloaded\", \"networkidle\","
          + " {\"selector\": \"CSS\"}, or milliseconds from 0 to "
          + LONGEST_PAUSE;

  private final JsonNode input;

  private CaptureRequestReader(JsonNode input) {
    this.input = input;
  }

  /**
   * Reads the input.
   *
   * @param engines that exist, declared or not
   */
  static CaptureRequest read(String text, Set<String> engines) throws CaptureRefused {
    JsonNode input;
    try {
      input = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new CaptureRefused("the input is not JSON");
    }
    if (!input.isObject()) {
      throw new CaptureRefused("the input must be a JSON object");
    }
    refuseUnknown(input, FIELDS, "");
    CaptureRequestReader reader = new CaptureRequestReader(input);
    JsonNode viewport = reader.viewport();
    return new CaptureRequest(
        reader.url(),
        reader.engine(engines),
        reader.waitFor(),
        Duration.ofMillis(number(input, "timeout", 30_000, 1_000, LONGEST_TIMEOUT, "timeout")),
        number(viewport, "width", 1_280, 200, 3_840, "viewport.width"),
        number(viewport, "height", 800, 200, 2_160, "viewport.height"),
        reader.fullPage());
  }

  private static void refuseUnknown(JsonNode node, Set<String> known, String prefix)
      throws CaptureRefused {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new CaptureRefused(
            prefix + cut(name) + " is unknown (allowed: " + new TreeSet<>(known) + ")");
      }
    }
  }

  private String url() throws CaptureRefused {
    String url = input.path("url").textValue();
    if (url == null) {
      throw new CaptureRefused("url is required: http or https");
    }
    if (url.length() > LONGEST_URL
        || !URL.matcher(url).matches()
        || url.chars().anyMatch(Character::isISOControl)) {
      throw new CaptureRefused(
          "url must be http://host... or https://host..., without user and spaces, of at most "
              + LONGEST_URL
              + " characters");
    }
    return url;
  }

  private @Nullable String engine(Set<String> engines) throws CaptureRefused {
    JsonNode engine = input.path("engine");
    if (engine.isMissingNode() || engine.isNull()) {
      return null;
    }
    String name = engine.textValue();
    if (name == null || !engines.contains(name)) {
      throw new CaptureRefused("engine must be one of " + new TreeSet<>(engines));
    }
    return name;
  }

  private WaitFor waitFor() throws CaptureRefused {
    JsonNode wanted = input.path("waitFor");
    if (wanted.isMissingNode() || wanted.isNull()) {
      return new WaitFor.Loaded();
    }
    if (wanted.isObject()) {
      return selector(wanted);
    }
    if (wanted.isInt() && wanted.intValue() >= 0 && wanted.intValue() <= LONGEST_PAUSE) {
      return new WaitFor.Pause(Duration.ofMillis(wanted.intValue()));
    }
    return switch (wanted.asText()) {
      case "load" -> new WaitFor.Loaded();
      case "domcontentloaded" -> new WaitFor.Parsed();
      case "networkidle" -> new WaitFor.Idle();
      default -> throw new CaptureRefused(WAITS);
    };
  }

  private static WaitFor selector(JsonNode wanted) throws CaptureRefused {
    refuseUnknown(wanted, Set.of("selector"), "waitFor.");
    String css = wanted.path("selector").textValue();
    if (css == null || css.isBlank() || css.length() > LONGEST_SELECTOR) {
      throw new CaptureRefused(
          "waitFor.selector must be a CSS selector of at most " + LONGEST_SELECTOR + " characters");
    }
    return new WaitFor.Selector(css);
  }

  private JsonNode viewport() throws CaptureRefused {
    JsonNode viewport = input.path("viewport");
    if (viewport.isMissingNode() || viewport.isNull()) {
      return JSON.createObjectNode();
    }
    if (!viewport.isObject()) {
      throw new CaptureRefused("viewport must be {\"width\": ..., \"height\": ...}");
    }
    refuseUnknown(viewport, SIDES, "viewport.");
    return viewport;
  }

  private boolean fullPage() throws CaptureRefused {
    JsonNode whole = input.path("fullPage");
    if (!whole.isMissingNode() && !whole.isNull() && !whole.isBoolean()) {
      throw new CaptureRefused("fullPage must be true or false");
    }
    return whole.asBoolean(false);
  }

  private static int number(
      JsonNode node, String field, int byDefault, int least, int most, String name)
      throws CaptureRefused {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return byDefault;
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      throw new CaptureRefused(
          name + " must be a whole number from " + least + " to " + most + unit(name));
    }
    return value.intValue();
  }

  private static String unit(String name) {
    return name.equals("timeout") ? " (milliseconds)" : " (pixels)";
  }

  private static String cut(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "..." : name;
  }
}
