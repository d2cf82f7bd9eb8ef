package dev.valet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A client as docs/events.md tells it to be: it follows one replica, and when that one goes it
 * resumes at the next one after the last number that it has.
 */
final class Follower implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<String> replicas;
  private final String token;
  private final List<Long> numbers = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private int at;
  private long begin = -1;
  private long last = -1;
  private String stream;
  private int resyncs;
  private int connections;
  private final List<Integer> closeCodes = new ArrayList<>();
  private boolean closed;
  private WebSocket socket;

  /**
   * Connects, and returns when the subscription stands.
   *
   * @param replicas base URLs; the first one is tried first
   */
  Follower(List<String> replicas, String token) {
    this.replicas = replicas;
    this.token = token;
    connect();
    subscribed.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** Every number received, in the order of receiving. */
  synchronized List<Long> numbers() {
    return List.copyOf(numbers);
  }

  /** From the time that each event names, which is before its commit, to its receipt. */
  synchronized List<Duration> delays() {
    return List.copyOf(delays);
  }

  /** The number after which its first subscription began. */
  synchronized long begin() {
    return begin;
  }

  synchronized long last() {
    return last;
  }

  synchronized int resyncs() {
    return resyncs;
  }

  synchronized int connections() {
    return connections;
  }

  synchronized List<Integer> closeCodes() {
    return List.copyOf(closeCodes);
  }

  private synchronized void closed(int code) {
    closeCodes.add(code);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (socket != null) {
      socket.abort();
    }
  }

  private void connect() {
    String base = replicas.get(at % replicas.size()).replaceFirst("^http", "ws");
    HTTP.newWebSocketBuilder()
        .header("Authorization", "Bearer " + token)
        .connectTimeout(Duration.ofSeconds(5))
        .buildAsync(URI.create(base + "/api/v1/events"), new Connection())
        .whenComplete((opened, failure) -> {
          if (failure != null) {
            next();
          } else {
            keep(opened);
          }
        });
  }

  private synchronized void keep(WebSocket opened) {
    socket = opened;
    connections++;
    String resume = last < 0 ? "" : ", \"after\": %d, \"stream\": \"%s\"".formatted(last, stream);
    opened.sendText("{\"subscribe\": {}" + resume + "}", true);
  }

  /** The other replica, after a moment. */
  private synchronized void next() {
    at++;
    if (!closed) {
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(this::connect);
    }
  }

  private synchronized void take(JsonNode message) {
    switch (message.path("type").asText()) {
      case "subscribed", "resync" -> {
        resyncs += message.path("type").asText().equals("resync") ? 1 : 0;
        stream = message.path("stream").asText();
        last = message.path("seq").asLong();
        begin = begin < 0 ? last : begin;
        subscribed.complete(null);
      }
      case "heartbeat" -> last = Math.max(last, message.path("seq").asLong());
      case "error" -> System.out.println("a follower was told: " + message);
      default -> {
        last = message.path("seq").asLong();
        numbers.add(last);
        delays.add(Duration.between(Instant.parse(message.path("at").asText()), Instant.now()));
      }
    }
  }

  private final class Connection implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public void onOpen(WebSocket opened) {
      opened.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
      part.append(data);
      if (end) {
        try {
          take(JSON.readTree(part.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        part.setLength(0);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed(code);
      next();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      next();
    }
  }
}
