package dev.valet.agent.engine.firefox;

import dev.valet.agent.engine.BrowserRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A fresh profile's preferences: quiet, and with one way to the network. */
final class FirefoxPreferences {
  private FirefoxPreferences() {}

  static String userJs(BrowserRun.Proxy proxy) {
    Map<String, Object> preferences = new LinkedHashMap<>(network(proxy));
    preferences.putAll(quiet());
    return preferences.entrySet().stream()
        .map(entry -> "user_pref(\"%s\", %s);\n".formatted(entry.getKey(), text(entry.getValue())))
        .collect(Collectors.joining());
  }

  private static String text(Object value) {
    return value instanceof String text ? '"' + text + '"' : value.toString();
  }

  /** Nothing goes around the proxy: no loopback, no name look-up, no datagrams. */
  private static Map<String, Object> network(BrowserRun.Proxy proxy) {
    return Map.ofEntries(
        Map.entry("network.proxy.type", 1),
        Map.entry("network.proxy.http", proxy.host()),
        Map.entry("network.proxy.http_port", proxy.port()),
        Map.entry("network.proxy.ssl", proxy.host()),
        Map.entry("network.proxy.ssl_port", proxy.port()),
        Map.entry("network.proxy.no_proxies_on", ""),
        Map.entry("network.proxy.allow_hijacking_localhost", true),
        Map.entry("network.proxy.failover_direct", false),
        Map.entry("network.proxy.allow_bypass", false),
        Map.entry("network.dns.disablePrefetch", true),
        Map.entry("network.trr.mode", 5),
        Map.entry("network.http.http3.enable", false),
        Map.entry("network.http.http3.enabled", false),
        Map.entry("network.webtransport.enabled", false),
        Map.entry("network.predictor.enabled", false),
        Map.entry("network.prefetch-next", false),
        Map.entry("network.http.speculative-parallel-limit", 0),
        Map.entry("media.peerconnection.enabled", false));
  }

  private static Map<String, Object> quiet() {
    return Map.ofEntries(
        Map.entry("app.update.auto", false),
        Map.entry("app.update.disabledForTesting", true),
        Map.entry("app.normandy.enabled", false),
        Map.entry("browser.aboutwelcome.enabled", false),
        Map.entry("browser.safebrowsing.update.enabled", false),
        Map.entry("browser.safebrowsing.malware.enabled", false),
        Map.entry("browser.safebrowsing.phishing.enabled", false),
        Map.entry("browser.safebrowsing.downloads.enabled", false),
        Map.entry("browser.shell.checkDefaultBrowser", false),
        Map.entry("browser.startup.page", 0),
        Map.entry("browser.startup.homepage", "about:blank"),
        Map.entry("browser.newtabpage.enabled", false),
        Map.entry("browser.download.always_ask_before_handling_new_types", true),
        Map.entry("captivedetect.canonicalURL", ""),
        Map.entry("network.captive-portal-service.enabled", false),
        Map.entry("network.connectivity-service.enabled", false),
        Map.entry("datareporting.policy.dataSubmissionEnabled", false),
        Map.entry("datareporting.healthreport.uploadEnabled", false),
        Map.entry("toolkit.telemetry.reportingpolicy.firstRun", false),
        Map.entry("extensions.update.enabled", false),
        Map.entry("extensions.getAddons.cache.enabled", false),
        Map.entry("extensions.systemAddon.update.enabled", false),
        Map.entry("services.settings.server", "data:,#remote-settings-dummy/v1"));
  }
}
