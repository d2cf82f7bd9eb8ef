package dev.valet.api.platform.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds settings under which the API must not start, in any mode. What only production must not
 * have is in {@link ProductionDangers}. Pure.
 */
final class DangerousSettings {
  private static final String PUBLIC_URL = "valet.public-url";

  private DangerousSettings() {}

  /** One line per danger, each with its remedy; empty if there is none. */
  static List<String> find(Settings settings) {
    List<String> dangers = new ArrayList<>();
    forwarding(settings, dangers);
    cors(settings, dangers);
    publicUrl(settings, dangers);
    tokens(settings, dangers);
    local(settings, dangers);
    if (settings.isProduction()) {
      dangers.addAll(ProductionDangers.find(settings));
    }
    return dangers;
  }

  private static void forwarding(Settings settings, List<String> dangers) {
    if (settings.isTrue("quarkus.http.proxy.proxy-address-forwarding")
        && settings.list("quarkus.http.proxy.trusted-proxies").isEmpty()) {
      dangers.add(
          "quarkus.http.proxy.proxy-address-forwarding believes X-Forwarded-* of everybody:"
              + " set quarkus.http.proxy.trusted-proxies to the proxies' addresses");
    }
  }

  private static void cors(Settings settings, List<String> dangers) {
    if (!settings.isTrue("quarkus.http.cors.enabled") && !settings.isTrue("quarkus.http.cors")) {
      return;
    }
    List<String> origins = settings.list("quarkus.http.cors.origins");
    if (origins.isEmpty()) {
      dangers.add("quarkus.http.cors.enabled needs quarkus.http.cors.origins: list exact origins");
    }
    origins.stream()
        .filter(origin -> !isSafe(origin, settings.isProduction()))
        .map(origin ->
            "quarkus.http.cors.origins has \""
                + origin
                + "\": use an exact origin such as https://valet.example.com")
        .forEach(dangers::add);
  }

  /** Plain http is for this machine alone, and never in production. */
  private static boolean isSafe(String origin, boolean production) {
    return Origins.isExact(origin)
        && (origin.startsWith("https:") || (!production && Origins.isLoopback(origin)));
  }

  private static void publicUrl(Settings settings, List<String> dangers) {
    settings
        .value(PUBLIC_URL)
        .filter(url -> !Origins.isExact(url))
        .ifPresent(url ->
            dangers.add(
                PUBLIC_URL
                    + " is \""
                    + url
                    + "\": it must be scheme, host and port alone, as https://valet.example.com"));
  }

  private static void tokens(Settings settings, List<String> dangers) {
    for (String claim : List.of("issuer", "audience")) {
      String name = "quarkus.oidc.token." + claim;
      if (settings.list(name).contains("any")) {
        dangers.add(name + "=any takes tokens that were made for others: name the one that counts");
      }
    }
  }

  /** The exemption of one machine holds on that machine alone. */
  private static void local(Settings settings, List<String> dangers) {
    if (!settings.isLocal()) {
      return;
    }
    String host = settings.value("quarkus.http.host").orElse("0.0.0.0");
    if (!Origins.isLoopbackHost(host)) {
      dangers.add(
          "valet.local is for one machine, but quarkus.http.host is "
              + host
              + ": set it to 127.0.0.1, or take valet.local away");
    }
    Optional<String> url = settings.value(PUBLIC_URL).filter(Origins::isExact);
    if (url.isPresent() && !Origins.isLoopbackHost(URI.create(url.get()).getHost())) {
      dangers.add(
          "valet.local is for one machine, but valet.public-url is "
              + url.get()
              + ": use http://localhost:PORT, or take valet.local away");
    }
  }
}
