package dev.valet.agent.task.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page tells of itself; it may lie, but not at length.
 *
 * @param url where it is
 * @param title of it
 * @param text that people see
 * @param textTruncated whether there is more text
 * @param width of all of it
 * @param height of all of it
 */
record PageFacts(
    String url, String title, String text, boolean textTruncated, long width, long height) {
  static final int LONGEST_TEXT = 100_000;
  private static final int LONGEST_TITLE = 1_000;
  private static final int LONGEST_URL = 8_192;

  /** Gives the facts as JSON. */
  static final String EXPRESSION =
      """
      (() => {
        const root = document.documentElement, body = document.body;
        return JSON.stringify({
          url: location.href,
          title: String(document.title).slice(0, %d),
          text: String(body ? body.innerText ?? body.textContent : '').slice(0, %d),
          width: Math.max(root.scrollWidth, body ? body.scrollWidth : 0),
          height: Math.max(root.scrollHeight, body ? body.scrollHeight : 0)});
      })()
      """
          .formatted(LONGEST_TITLE, LONGEST_TEXT + 1);

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?i)(https?)://(?:[^/?#@]*@)?(\\[[^\\]]*\\]|[^/?#:]*)(?::(\\d*))?.*", Pattern.DOTALL);

  static PageFacts read(String json) throws IOException {
    try {
      JsonNode facts = JSON.readTree(json);
      if (!facts.isObject()) {
        throw new IOException("the page does not tell its text");
      }
      String text = facts.path("text").asText();
      return new PageFacts(
          cut(facts.path("url").asText(), LONGEST_URL),
          cut(facts.path("title").asText(), LONGEST_TITLE),
          cut(text, LONGEST_TEXT),
          text.length() > LONGEST_TEXT,
          facts.path("width").asLong(),
          facts.path("height").asLong());
    } catch (JsonProcessingException e) {
      throw new IOException("the page does not tell its text");
    }
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }

  /** Host and port that it came from. */
  String authority() {
    return authority(url);
  }

  /** Host and port of an address; "" if it has none. */
  static String authority(String url) {
    Matcher parts = AUTHORITY.matcher(url);
    if (!parts.matches()) {
      return "";
    }
    String port = parts.group(3);
    if (port == null || port.isEmpty()) {
      port = parts.group(1).equalsIgnoreCase("http") ? "80" : "443";
    }
    return parts.group(2).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
