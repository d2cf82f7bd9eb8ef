package dev.valet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The API as a script would use it: bearer token, JSON, polling. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(200);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  Api(String base, String token) {
    this.base = base;
    this.token = token;
  }

  /** Status, headers and body of an answer. */
  record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + ", got " + status + ": " + raw.body());
      }
      return this;
    }
  }

  Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  Answer post(String path, Object body, Map<String, String> headers) {
    return send("POST", path, body, headers);
  }

  Answer patch(String path, Object body, Map<String, String> headers) {
    return send("PATCH", path, body, headers);
  }

  Answer post(String path) {
    return send("POST", path, null, Map.of());
  }

  /** Polls until the body is as wanted; fails with the last one otherwise. */
  JsonNode await(String path, Duration limit, Predicate<JsonNode> wanted) {
    long until = System.nanoTime() + limit.toNanos();
    JsonNode last = null;
    while (System.nanoTime() < until) {
      last = get(path).expect(200).body();
      if (wanted.test(last)) {
        return last;
      }
      pause();
    }
    throw new AssertionError(
        path + " was not as wanted within " + limit + "; it is " + last.toPrettyString());
  }

  /** Waits until something holds. */
  static void await(Duration limit, BooleanSupplier holds, Supplier<String> otherwise) {
    long until = System.nanoTime() + limit.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("not within " + limit + ": " + otherwise.get());
      }
      pause();
    }
  }

  /** Waits until the API answers again after it was killed. */
  void awaitUp(Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < until) {
      try {
        if (get("/q/health/ready").status() == 200) {
          return;
        }
      } catch (AssertionError down) {
        // not up yet
      }
      pause();
    }
    throw new AssertionError("the API did not come back");
  }

  private Answer send(String method, String path, Object body, Map<String, String> headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + path))
              .timeout(Duration.ofSeconds(30))
              .header("Authorization", "Bearer " + token)
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(JSON.writeValueAsString(body)));
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      headers.forEach(request::header);
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      JsonNode json = answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
      return new Answer(answer.statusCode(), json, answer);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " failed", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Real processes are being waited for: there is no clock to step. */
  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
