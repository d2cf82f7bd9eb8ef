package dev.valet.api.access.session;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a login leads back to: a page of this site, or nowhere. Pure. */
final class ReturnTo {
  static final String HOME = "/";
  private static final int LONGEST = 2_000;

  private ReturnTo() {}

  /** The path to go to; empty if what was asked for is not a page of this site. */
  static Optional<String> of(@Nullable String asked) {
    if (asked == null || asked.isEmpty()) {
      return Optional.of(HOME);
    }
    return isPageOfThisSite(asked) ? Optional.of(asked) : Optional.empty();
  }

  /** Browsers take a backslash for a slash, and two slashes for the beginning of a host. */
  private static boolean isPageOfThisSite(String asked) {
    if (asked.length() > LONGEST || !asked.startsWith("/") || asked.startsWith("//")) {
      return false;
    }
    return asked.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')
        && isRelative(asked)
        && !asked.startsWith("/login")
        && !asked.startsWith("/logout");
  }

  private static boolean isRelative(String asked) {
    try {
      URI uri = URI.create(asked);
      return uri.getScheme() == null && uri.getRawAuthority() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
