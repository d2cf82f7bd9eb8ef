package dev.valet.agent.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.identity.CloudNotices;
import dev.valet.common.health.AgentHealth.Drain;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what EC2's notices mean for the agent; pure. What cannot be read counts as no notice. */
public final class NoticePlanner {
  /** A machine takes tasks until so long before its maintenance, which is known days ahead. */
  static final Duration MAINTENANCE_LEAD = Duration.ofMinutes(10);

  private static final ObjectReader JSON = JsonMapper.builder().build().reader();
  private static final Pattern DATE =
      Pattern.compile("(\\d{1,2}) (\\w{3}) (\\d{4}) (\\d{2}):(\\d{2}):(\\d{2}) GMT");
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private NoticePlanner() {}

  /**
   * What is to be done.
   *
   * @param drain why no new tasks are taken, and when the machine ends or is disturbed; null for
   *     nothing
   * @param end when EC2 takes the machine away; null if it does not
   * @param texts all notices, for people
   */
  public record Plan(@Nullable Drain drain, @Nullable Instant end, List<String> texts) {
    /** Nothing is announced. */
    public static final Plan NOTHING = new Plan(null, null, List.of());
  }

  /** What these notices mean now. */
  public static Plan plan(CloudNotices notices, Instant now) {
    List<String> texts = new ArrayList<>();
    Drain spot = spot(notices.spot());
    Drain maintenance = maintenance(notices.maintenance(), now, texts);
    if (spot != null) {
      texts.addFirst(spot.reason());
    }
    rebalance(notices.rebalance(), texts);
    return spot == null
        ? new Plan(maintenance, null, List.copyOf(texts))
        : new Plan(spot, spot.deadline(), List.copyOf(texts));
  }

  private static @Nullable Drain spot(@Nullable String text) {
    JsonNode notice = read(text);
    Instant time = instant(notice.path("time").asText());
    return time == null
        ? null
        : new Drain(
            "EC2 takes this spot instance back (%s) at %s"
                .formatted(word(notice.path("action")), time),
            time);
  }

  private static @Nullable Drain maintenance(
      @Nullable String text, Instant now, List<String> texts) {
    Drain first = null;
    for (JsonNode event : read(text)) {
      Instant from = date(event.path("NotBefore").asText());
      if (from == null || !event.path("State").asText("active").equals("active")) {
        continue;
      }
      String reason =
          "EC2 maintains this machine (%s) from %s".formatted(word(event.path("Code")), from);
      texts.add(reason);
      boolean near = !now.isBefore(from.minus(MAINTENANCE_LEAD));
      if (near && (first == null || from.isBefore(first.deadline()))) {
        first = new Drain(reason, from);
      }
    }
    return first;
  }

  private static void rebalance(@Nullable String text, List<String> texts) {
    Instant since = instant(read(text).path("noticeTime").asText());
    if (since != null) {
      texts.add("EC2 recommends since %s to move this spot instance".formatted(since));
    }
  }

  private static JsonNode read(@Nullable String text) {
    try {
      return JSON.readTree(text == null || text.isBlank() ? "{}" : text);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static @Nullable Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** {@code 21 Jan 2019 09:00:43 GMT}, without the locale data that a formatter would need. */
  private static @Nullable Instant date(String text) {
    Matcher parts = DATE.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    try {
      return LocalDateTime.of(
              Integer.parseInt(parts.group(3)),
              MONTHS.indexOf(parts.group(2)) + 1,
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(4)),
              Integer.parseInt(parts.group(5)),
              Integer.parseInt(parts.group(6)))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String word(JsonNode node) {
    String text = node.asText();
    return text.matches("[a-z-]{1,40}") ? text : "unknown";
  }
}
