package dev.valet.local.host;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where this user keeps what can be made again: {@code $XDG_CACHE_HOME/valet} or {@code
 * ~/.cache/valet}.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder; it need not be there yet. */
  public static Path folder() {
    return folder(System.getenv(), System.getProperty("user.home"));
  }

  static Path folder(Map<String, String> environment, @Nullable String home) {
    String cache = environment.get("XDG_CACHE_HOME");
    if (cache != null && cache.startsWith("/")) { // the standard says: ignore relative ones
      return Path.of(cache, "valet");
    }
    boolean known = home != null && home.startsWith("/");
    return known ? Path.of(home, ".cache", "valet") : Path.of("/var/tmp/valet-cache");
  }
}
