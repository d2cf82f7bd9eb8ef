package dev.valet.agent.identity;

/** Makes foreign text fit for one log line. */
final class Printable {
  private Printable() {}

  /** What went wrong, in one line. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : text(message, 400);
  }

  /** Visible ASCII only, at most {@code limit} characters. */
  static String text(String foreign, int limit) {
    String clean = foreign.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > limit ? clean.substring(0, limit) + "..." : clean;
  }
}
