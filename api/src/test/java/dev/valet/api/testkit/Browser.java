package dev.valet.api.testkit;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A browser with the API's cookies, which follows redirects one at a time. */
public final class Browser {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new ConcurrentHashMap<>();

  /** The cookies that it would send. */
  public Map<String, String> cookies() {
    return cookies;
  }

  /** Logs in and yields the answer of the callback, which sets the session's cookie. */
  public HttpResponse<String> login(String username, String behaviour, String returnTo) {
    HttpResponse<String> start = get("/login?returnTo=" + returnTo);
    String provider = location(start) + "&username=" + username + behaviour;
    HttpResponse<String> back = send(HttpRequest.newBuilder(URI.create(provider)));
    return get(pathOf(location(back)));
  }

  /** Goes where an answer of the API leads. */
  public HttpResponse<String> follow(HttpResponse<String> answer) {
    return get(pathOf(location(answer)));
  }

  /** GET from the API, with cookies. */
  public HttpResponse<String> get(String path, String... headers) {
    return visit(request(path, headers).GET());
  }

  /** The same without waiting; its Set-Cookie is not kept. */
  public CompletableFuture<HttpResponse<String>> getLater(String path) {
    return http.sendAsync(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  /** POST to the API, with cookies. */
  public HttpResponse<String> post(String path, String body, String... headers) {
    return visit(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** How often the provider renewed this user's tokens, and how often a used one came again. */
  public static JsonObject counts(String username) {
    URI uri =
        URI.create(System.getProperty(FakeIssuer.URL_PROPERTY) + "/counts?username=" + username);
    return new JsonObject(new Browser().send(HttpRequest.newBuilder(uri)).body());
  }

  /** Where an answer leads. */
  public static String location(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Location")
        .orElseThrow(() ->
            new AssertionError("no redirect: " + response.statusCode() + " " + response.body()));
  }

  private static String pathOf(String location) {
    URI uri = URI.create(location);
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .timeout(PATIENCE);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }

  private HttpResponse<String> visit(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request);
    response.headers().allValues("Set-Cookie").stream()
        .flatMap(text -> HttpCookie.parse(text).stream())
        .forEach(this::keep);
    return response;
  }

  private void keep(HttpCookie cookie) {
    if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
      cookies.remove(cookie.getName());
    } else {
      cookies.put(cookie.getName(), cookie.getValue());
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
