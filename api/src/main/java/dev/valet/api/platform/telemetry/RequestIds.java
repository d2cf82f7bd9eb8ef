package dev.valet.api.platform.telemetry;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which ids a client may give to its request. */
final class RequestIds {
  /** What is safe in a log line, a header and a file name, and long enough to be unique. */
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{7,63}");

  private RequestIds() {}

  /** The client's id if it is a safe one, else a new one. */
  static String accept(@Nullable String given) {
    return given != null && SAFE.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }
}
