package dev.valet.local.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.local.host.StartException;
import dev.valet.local.host.Waiting;
import dev.valet.local.identity.IdentityServer;
import dev.valet.local.identity.LocalUser;
import dev.valet.local.identity.TokenClient;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a newcomer sees: demo sandboxes, made through the public API, and what to try first. */
final class Demo {
  private static final Duration HEALTHY_LIMIT = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final Installation installation;
  private final IdentityServer identity;
  private final HttpClient http;
  private final Progress progress;

  Demo(Installation installation, IdentityServer identity, HttpClient http, Progress progress) {
    this.installation = installation;
    this.identity = identity;
    this.http = http;
    this.progress = progress;
  }

  /**
   * Creates {@code demo-1} to {@code demo-N} where they are missing and waits until they are
   * healthy.
   *
   * @throws StartException if the API refuses
   */
  void topUp(int wanted) {
    if (wanted == 0) {
      return;
    }
    ApiClient api = operator();
    Map<String, String> known = demoHealth(api);
    List<String> missing = new ArrayList<>(names(wanted));
    missing.removeAll(known.keySet());
    if (!missing.isEmpty()) {
      String template = api.get("/api/v1/templates").path("items").path(0).path("id").asText("");
      if (template.isEmpty()) {
        throw new StartException("there is no template to make them from");
      }
      missing.forEach(name -> api.create(name, template));
      progress.say("%d demo sandboxes are on their way", missing.size());
    }
    if (!Waiting.until(HEALTHY_LIMIT, POLL, new HealthWatch(api, wanted)::allHealthy)) {
      progress.say("Not all demo sandboxes are healthy yet; they go on without me watching");
    }
  }

  private ApiClient operator() {
    String token = new TokenClient(identity.port(), http).accessToken(LocalUser.OPERATOR);
    return new ApiClient(http, "http://127.0.0.1:" + installation.port(), token);
  }

  private static List<String> names(int wanted) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= wanted; i++) {
      names.add("demo-" + i);
    }
    return names;
  }

  /** Health by name of the demo sandboxes that there are. */
  private static Map<String, String> demoHealth(ApiClient api) {
    Map<String, String> health = new HashMap<>();
    String cursor = "";
    do {
      JsonNode page = api.get("/api/v1/sandboxes?environment=dev&limit=200" + cursor);
      for (JsonNode item : page.path("items")) {
        String name = item.path("name").asText();
        if (name.startsWith("demo-")) {
          health.put(name, item.path("health").path("status").asText("unknown"));
        }
      }
      JsonNode next = page.path("nextCursor");
      cursor = next.isTextual() ? "&cursor=" + ApiClient.encode(next.asText()) : "";
    } while (!cursor.isEmpty());
    return health;
  }

  /** Says how many are healthy whenever that changes. */
  private final class HealthWatch {
    private final ApiClient api;
    private final List<String> watched;
    private long said = -1;

    HealthWatch(ApiClient api, int wanted) {
      this.api = api;
      this.watched = names(wanted);
    }

    boolean allHealthy() {
      Map<String, String> health = demoHealth(api);
      long healthy = watched.stream().filter(name -> "healthy".equals(health.get(name))).count();
      if (healthy != said) {
        said = healthy;
        progress.say("%d of %d demo sandboxes are healthy", healthy, watched.size());
      }
      return healthy == watched.size();
    }
  }

  /** The ready line, how to log in, three commands to try. */
  String welcome(Path data) {
    String option = data.equals(Path.of(".valet")) ? "" : " --data " + data;
    String url = installation.publicUrl();
    String curl = "curl -s -H \"Authorization: Bearer $TOKEN\" ";
    return String.join(
        "\n",
        "Valet is ready: " + url + " (after " + progress.elapsed() + "; Ctrl-C stops it)",
        "  Log in as admin, operator, viewer or auditor, without a password; for scripts:",
        "    TOKEN=$(./valet token --as admin" + option + ")",
        "  Try:",
        "    " + curl + url + "/api/v1/me",
        "    " + curl + url + "/api/v1/templates",
        "    " + curl + url + "/api/v1/sandboxes");
  }
}
