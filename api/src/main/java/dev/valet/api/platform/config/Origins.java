package dev.valet.api.platform.config;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What browsers call an origin: scheme, host and port. Pure. */
public final class Origins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Origins() {}

  /** The origin of a URL as browsers write it; null if it has none. */
  public static @Nullable String of(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      return null;
    }
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    boolean usual = url.getPort() == -1 || url.getPort() == usualPort(scheme);
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return scheme + "://" + host + (usual ? "" : ":" + url.getPort());
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** Whether the text is an origin and nothing more: no path, no user, no pattern. */
  static boolean isExact(String text) {
    try {
      URI uri = URI.create(text);
      boolean known = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean bare =
          uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawUserInfo() == null;
      return known && bare && uri.getRawQuery() == null && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether an exact origin is this machine. */
  static boolean isLoopback(String origin) {
    return isLoopbackHost(URI.create(origin).getHost());
  }

  static boolean isLoopbackHost(@Nullable String host) {
    return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}
