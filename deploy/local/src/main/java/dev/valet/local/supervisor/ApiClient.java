package dev.valet.local.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The public API, as any script would call it. */
final class ApiClient {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int CONFLICT = 409;

  private final HttpClient http;
  private final String base;
  private final String token;

  ApiClient(HttpClient http, String base, String token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  /**
   * @throws StartException if the API does not answer with success
   */
  JsonNode get(String path) {
    return body(send(request(path).GET().build()));
  }

  /**
   * Creates a sandbox; one of that name may be there already.
   *
   * @throws StartException if the API refuses for another reason
   */
  void create(String name, String templateId) {
    try {
      String json =
          JsonMapper.builder()
              .build()
              .writeValueAsString(
                  Map.of("name", name, "environment", "dev", "templateId", templateId));
      var response =
          send(
              request("/api/v1/sandboxes")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(json))
                  .build());
      if (response.statusCode() != CONFLICT) {
        body(response);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Strings are always JSON", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(LIMIT)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StartException("The API does not answer " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while waiting for " + request.uri(), e);
    }
  }

  private static JsonNode body(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status < OK || status >= REDIRECT) {
      throw new StartException(
          "The API answered %d to %s: %s".formatted(status, response.uri(), response.body()));
    }
    try {
      return JsonMapper.builder().build().readTree(response.body());
    } catch (IOException e) {
      throw new StartException("The API's answer is not JSON: " + response.uri(), e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
