package dev.valet.agent.hatchet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine says about itself.
 *
 * @param text as it says it
 * @param hasSlotConfig whether a worker registers slots by type; older engines ignore that field
 *     without a word and would give it a hundred
 */
record EngineVersion(String text, boolean hasSlotConfig) {
  /** An engine so old that it cannot be asked. */
  static final EngineVersion ANCIENT = new EngineVersion("unknown", false);

  private static final Pattern NUMBERS =
      Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");
  private static final long FIRST_WITH_SLOT_CONFIG = number(0, 78, 23);

  static EngineVersion of(String text) {
    Matcher parts = NUMBERS.matcher(text);
    boolean known = parts.matches();
    String shown = text.length() > 64 ? text.substring(0, 64) : text;
    return new EngineVersion(
        shown,
        known && number(part(parts, 1), part(parts, 2), part(parts, 3)) >= FIRST_WITH_SLOT_CONFIG);
  }

  private static long part(Matcher parts, int index) {
    return Long.parseLong(parts.group(index));
  }

  private static long number(long major, long minor, long patch) {
    return (major * 1_000_000 + minor) * 1_000_000 + patch;
  }
}
