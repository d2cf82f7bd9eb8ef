package dev.valet.api.testkit;

import dev.valet.common.problem.ProblemType;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call of the API that a test can vary.
 *
 * @param query without its question mark; empty for none; escaped
 * @param body null for none
 */
public record HttpCall(
    String method, String path, String query, Map<String, String> headers, String body) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String AUTHORIZATION = "Authorization";

  /** An answer. */
  public record Answer(int status, String mediaType, String body) {
    /** The body, if it is one JSON object; else an empty one. */
    public JsonObject json() {
      boolean one = mediaType.matches("application/(problem\\+)?json") && body.startsWith("{");
      return one ? new JsonObject(body) : new JsonObject();
    }

    /** Whether it is a problem of the catalogue with the status that this problem has. */
    public boolean isProblem() {
      return mediaType.equals("application/problem+json")
          && Arrays.stream(ProblemType.values())
              .anyMatch(
                  type -> type.status() == status && type.uri().equals(json().getString("type")));
    }

    @Override
    public String toString() {
      String start = body.substring(0, Math.min(300, body.length()));
      return status + " " + mediaType + " " + start.replaceAll("[^\\x20-\\x7E]", "?");
    }
  }

  /** A caller in these groups. */
  public HttpCall as(String... groups) {
    return with(AUTHORIZATION, "Bearer " + TestTokens.as(groups));
  }

  /** With a header; null takes it away. */
  public HttpCall with(String header, String value) {
    Map<String, String> changed = new TreeMap<>(headers);
    if (value == null) {
      changed.remove(header);
    } else {
      changed.put(header, value);
    }
    return new HttpCall(method, path, query, changed, body);
  }

  /** With another path. */
  public HttpCall withPath(String other) {
    return new HttpCall(method, other, query, headers, body);
  }

  /** With another query. */
  public HttpCall withQuery(String other) {
    return new HttpCall(method, path, other, headers, body);
  }

  /** With another body. */
  public HttpCall withBody(String other) {
    return new HttpCall(method, path, query, headers, other);
  }

  /** With another method. */
  public HttpCall withMethod(String other) {
    return new HttpCall(other, path, query, headers, body);
  }

  /** Sends it. */
  public Answer send() {
    String address =
        "http://localhost:" + RestAssured.port + path + (query.isEmpty() ? "" : "?" + query);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(response.statusCode(), type.replaceFirst(";.*", ""), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    String text = method + " " + path + (query.isEmpty() ? "" : "?" + query);
    return text.substring(0, Math.min(200, text.length()));
  }
}
