package dev.valet.api.platform.query;

/** Text that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
final class PlainText {
  private PlainText() {}

  /** Whether the text can be stored and comes back the same. */
  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
