package dev.valet.api.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Patterns that people give to parameters. Matched in linear time, whatever they look like: a
 * pattern must not be able to hold up an event loop. Pure.
 */
final class ValuePattern {
  private ValuePattern() {}

  /** What is wrong with a pattern; null if it can be used. */
  static @Nullable String fault(String pattern) {
    try {
      Pattern.compile(pattern);
      return null;
    } catch (PatternSyntaxException e) {
      return "is not a pattern in RE2's syntax: " + e.getDescription();
    }
  }

  /** Whether all of a text matches. */
  static boolean matches(String pattern, String text) {
    return Pattern.matches(pattern, text);
  }
}
