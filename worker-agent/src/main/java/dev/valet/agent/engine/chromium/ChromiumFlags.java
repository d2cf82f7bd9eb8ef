package dev.valet.agent.engine.chromium;

import dev.valet.agent.engine.BrowserRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How Chromium is started: alone, quiet, and with one way to the network. */
final class ChromiumFlags {
  private static final String NO_DATAGRAMS = "disable_non_proxied_udp";

  private ChromiumFlags() {}

  static List<String> command(
      Path program, Path profile, BrowserRun.Proxy proxy, boolean sandboxed) {
    List<String> words = new ArrayList<>();
    words.add(program.toString());
    words.addAll(
        List.of(
            "--headless=new",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "--no-first-run",
            "--no-default-browser-check",
            "--password-store=basic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,Translate,MediaRouter",
            "--disable-sync",
            "--disable-breakpad",
            "--disable-domain-reliability",
            "--metrics-recording-only",
            "--mute-audio",
            "--noerrdialogs",
            "--window-size=1280,800"));
    words.addAll(network(proxy));
    if (!sandboxed) {
      words.add("--no-sandbox");
    }
    words.add("about:blank");
    return words;
  }

  /** Nothing goes around the proxy: no loopback, no name look-up, no datagrams. */
  private static List<String> network(BrowserRun.Proxy proxy) {
    return List.of(
        "--proxy-server=http://" + proxy.host() + ":" + proxy.port(),
        "--proxy-bypass-list=<-loopback>",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE " + proxy.host(),
        "--disable-quic",
        // The first is Chromium's today, the second was; a wrong one is silently without effect.
        "--webrtc-ip-handling-policy=" + NO_DATAGRAMS,
        "--force-webrtc-ip-handling-policy=" + NO_DATAGRAMS);
  }

  /** A fresh profile's preferences, which say some of that again. */
  static String preferences() {
    return """
    {"webrtc": {"ip_handling_policy": "%s", "multiple_routes_enabled": false,
                "nonproxied_udp_enabled": false},
     "signin": {"allowed": false}}
    """
        .formatted(NO_DATAGRAMS);
  }
}
