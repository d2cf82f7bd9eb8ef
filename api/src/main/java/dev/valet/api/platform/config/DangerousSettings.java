package dev.valet.api.platform.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds settings under which the API must not start. */
final class DangerousSettings {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private DangerousSettings() {}

  /**
   * What is to be judged.
   *
   * @param forwarding whether X-Forwarded-* is believed
   * @param trustedProxies from whom; empty means from everybody
   * @param cors whether browsers of other origins are answered
   * @param origins which origins
   */
  record Settings(
      boolean forwarding, List<String> trustedProxies, boolean cors, List<String> origins) {}

  /** One line per danger, each with its remedy; empty if there is none. */
  static List<String> find(Settings settings) {
    List<String> dangers = new ArrayList<>();
    if (settings.forwarding() && settings.trustedProxies().isEmpty()) {
      dangers.add(
          "quarkus.http.proxy.proxy-address-forwarding believes X-Forwarded-* of everybody:"
              + " set quarkus.http.proxy.trusted-proxies to the proxies' addresses");
    }
    if (settings.cors()) {
      cors(settings.origins(), dangers);
    }
    return dangers;
  }

  private static void cors(List<String> origins, List<String> dangers) {
    if (origins.isEmpty()) {
      dangers.add("quarkus.http.cors.enabled needs quarkus.http.cors.origins: list exact origins");
    }
    origins.stream()
        .filter(origin -> !isExact(origin))
        .map(origin ->
            "quarkus.http.cors.origins has \""
                + origin
                + "\": use an exact origin such as https://valet.example.com")
        .forEach(dangers::add);
  }

  /** Scheme, host and port, nothing else; plain http only on this machine. */
  private static boolean isExact(String origin) {
    try {
      URI uri = URI.create(origin);
      boolean bare =
          uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawUserInfo() == null;
      boolean safe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
      return bare && safe && uri.getRawQuery() == null && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
