package dev.valet.api.template;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which templates a list shows.
 *
 * @param retired null for both kinds
 * @param text part of a name or description, case ignored; null for any
 */
record TemplateFilter(@Nullable Boolean retired, @Nullable String text) {

  /** The text as a pattern of LIKE. */
  @Nullable String like() {
    return text == null
        ? null
        : "%"
            + text.toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
            + "%";
  }
}
