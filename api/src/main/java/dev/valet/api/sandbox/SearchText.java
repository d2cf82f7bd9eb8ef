package dev.valet.api.sandbox;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a text that is searched for can mean. Pure.
 *
 * @param namePattern LIKE pattern of a name in lower case: its beginning for one or two characters,
 *     which are in too many names to be of use elsewhere, else any part of it
 * @param instanceId set if it looks like one
 * @param address set if it looks like one
 * @param ids sandbox ids that begin like this; set from eight digits on, since the first ones tell
 *     only the month
 */
record SearchText(
    String namePattern, @Nullable String instanceId, @Nullable String address, @Nullable Ids ids) {
  private static final int SHORT = 2;
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f.:]*:[0-9a-f.:]*");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int SHORTEST_ID = 8;
  private static final String LEAST = "00000000-0000-0000-0000-000000000000";
  private static final String GREATEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  /** A range of ids, both ends included. */
  record Ids(UUID first, UUID last) {}

  static SearchText of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return new SearchText(
        (lower.length() > SHORT ? "%" : "") + escape(lower) + "%",
        INSTANCE_ID.matcher(lower).matches() ? lower : null,
        ADDRESS.matcher(lower).matches() ? lower : null,
        beginningWith(lower));
  }

  /** Whether it can only be part of a name. */
  boolean isNameOnly() {
    return instanceId == null && address == null && ids == null;
  }

  private static @Nullable Ids beginningWith(String text) {
    if (text.length() < SHORTEST_ID || text.length() > LEAST.length()) {
      return null;
    }
    String first = text + LEAST.substring(text.length());
    String last = text + GREATEST.substring(text.length());
    return ID.matcher(first).matches()
        ? new Ids(UUID.fromString(first), UUID.fromString(last))
        : null;
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
