package dev.valet.api.agent;

import org.jspecify.annotations.Nullable;

/** Text from outside on its way to the database and to screens. */
final class PlainText {
  private PlainText() {}

  /**
   * The text in printable characters and at most so many of them; null if there is none. PostgreSQL
   * refuses NUL and half surrogates, and one such answer must not spoil the batch it is written in.
   */
  static @Nullable String of(@Nullable String text, int maximum) {
    if (text == null || text.isBlank()) {
      return null;
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(maximum)
        .map(character -> isPlain(character) ? character : '?')
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
