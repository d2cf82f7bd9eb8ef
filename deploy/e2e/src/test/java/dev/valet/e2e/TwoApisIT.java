package dev.valet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two API processes on one database: events at both, while one of them dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoApisIT {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final int WRITERS = 4;

  /** One less than a caller may have: the test needs one too. */
  private static final int SOCKETS_OF_A_ROLE = 49;

  @TempDir static Path data;
  private static RunningValet valet;
  private static SecondApi second;
  private static String token;
  private static Api api;
  private static final List<String> sandboxes = new ArrayList<>();

  @BeforeAll
  static void up() throws IOException {
    valet = RunningValet.start(data, freePort(), freePort());
    token = valet.token("admin");
    api = new Api(valet.url(), token);
    second = SecondApi.beside(valet, freePort());
    new Api(second.url(), token).awaitUp(MINUTE);
    for (String name : List.of("storm-one", "storm-two")) {
      sandboxes.add(create(name));
    }
  }

  @AfterAll
  static void down() {
    second.close();
    valet.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String create(String name) {
    JsonNode templates = api.get("/api/v1/templates").expect(200).body();
    String template = templates.path("items").path(0).path("id").asText();
    return api.post(
            "/api/v1/sandboxes",
            Map.of("name", name, "environment", "dev", "templateId", template),
            Map.of())
        .expect(202)
        .body()
        .path("id")
        .asText();
  }

  @Test
  @Order(1)
  void everyChangeReachesAboutTwoHundredSockets() {
    List<Follower> followers = new ArrayList<>();
    try {
      for (String role : List.of("admin", "operator", "viewer", "auditor")) {
        String ofRole = valet.token(role);
        for (int i = 0; i < SOCKETS_OF_A_ROLE; i++) {
          followers.add(new Follower(List.of(valet.url()), ofRole));
        }
      }
      long from = head();
      for (int i = 0; i < 60; i++) {
        change(api, sandboxes.get(i % sandboxes.size()));
      }
      long head = head();
      followers.forEach(follower -> awaitReached(follower, head));
      List<Long> millis =
          followers.stream()
              .flatMap(follower -> follower.delays().stream())
              .map(Duration::toMillis)
              .sorted()
              .toList();
      System.out.printf(
          "change -> message, %d sockets, %d events, %d messages: p50 %d ms, p99 %d ms, max %d ms%n",
          followers.size(),
          head - from,
          millis.size(),
          millis.get(millis.size() / 2),
          millis.get(millis.size() * 99 / 100),
          millis.getLast());
      assertThat(millis).hasSizeGreaterThanOrEqualTo(60 * followers.size());
    } finally {
      followers.forEach(Follower::close);
    }
  }

  @Test
  @Order(2)
  void everyClientHasEveryNumberOnceAlthoughAnApiIsKilledInAStorm() throws Exception {
    List<Follower> followers = new ArrayList<>();
    long start = head();
    List<String> both = List.of(valet.url(), second.url());
    for (int i = 0; i < 6; i++) {
      followers.add(new Follower(i % 2 == 0 ? both : both.reversed(), token));
    }
    AtomicBoolean storming = new AtomicBoolean(true);
    AtomicInteger changes = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Api mine = new Api(both.get(i % 2), token);
        String sandbox = sandboxes.get(i / 2);
        writers.add(threads.submit(() -> storm(mine, sandbox, storming, changes)));
      }
      awaitChanges(changes, 100);
      second.kill();
      awaitChanges(changes, 250);
      storming.set(false);
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    long head = head();
    assertThat(head - start).isGreaterThan(200);
    for (Follower follower : followers) {
      awaitReached(follower, head);
      List<Long> numbers = follower.numbers().stream().filter(seq -> seq <= head).toList();
      // Nothing was purged or restored here, so nobody may have needed a resync.
      assertThat(follower.resyncs()).isZero();
      assertThat(numbers)
          .isEqualTo(LongStream.rangeClosed(follower.begin() + 1, head).boxed().toList());
    }
    assertThat(followers.stream().filter(follower -> follower.connections() > 1).count())
        .as("clients of the killed one moved")
        .isEqualTo(3);
    followers.forEach(Follower::close);
  }

  @Test
  @Order(3)
  void stoppingApiSaysThatItGoesAway() {
    try (Follower follower = new Follower(List.of(valet.url()), token)) {
      valet.stop();
      Api.await(MINUTE, () -> !follower.closeCodes().isEmpty(), () -> "no close frame came");
      assertThat(follower.closeCodes()).startsWith(1001);
    }
  }

  /** The newest number, as a client that subscribes now is told. */
  private static long head() {
    try (Follower now = new Follower(List.of(valet.url()), token)) {
      return now.last();
    }
  }

  /** A change that a colleague overtook, or that met a dead process, is no matter here. */
  private static void storm(
      Api mine, String sandbox, AtomicBoolean storming, AtomicInteger changes) {
    while (storming.get()) {
      try {
        changes.addAndGet(change(mine, sandbox));
      } catch (AssertionError dead) {
        return;
      }
    }
  }

  private static int change(Api mine, String sandbox) {
    JsonNode view = mine.get("/api/v1/sandboxes/" + sandbox).body();
    int capacity = view.path("capacity").asInt() % 100 + 1;
    int status =
        mine.patch(
                "/api/v1/sandboxes/" + sandbox,
                Map.of("capacity", capacity),
                Map.of("If-Match", "\"" + view.path("version").asLong() + "\""))
            .status();
    return status == 200 ? 1 : 0;
  }

  private static void awaitChanges(AtomicInteger changes, int count) {
    Api.await(MINUTE, () -> changes.get() >= count, () -> "only " + changes + " changes");
  }

  private static void awaitReached(Follower follower, long head) {
    Api.await(MINUTE, () -> follower.last() >= head, () -> "it is at " + follower.last());
  }
}
