package dev.valet.api.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The stream's numbers under writers that commit late, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class RelayIT {
  private static final int WRITERS = 5;
  private static final int EACH = 60;
  private static final String INSERT =
      "INSERT INTO outbox (at, type, data) VALUES (now(), 'fleet.freeze', '{\"relayIt\": \"%s\"}')";

  @Inject Stream stream;

  /** When a writer began and had committed. */
  private record Commit(String name, long began, long committed) {}

  @Test
  void whoCommitsFirstHasTheLowerNumberWhoeverWroteFirst() throws SQLException {
    stream.relay();
    long head = stream.head();
    try (Connection late = stream.asApp();
        Connection early = stream.asApp()) {
      late.setAutoCommit(false);
      insert(late, "late");
      insert(early, "early");
      stream.relay();
      late.commit();
      stream.relay();
    }
    Map<String, Long> numbers = numbersAfter(head);
    assertThat(numbers).containsEntry("early", head + 1).containsEntry("late", head + 2);
  }

  @Test
  void whatIsRolledBackLeavesNoGap() throws SQLException {
    stream.relay();
    long head = stream.head();
    try (Connection connection = stream.asApp()) {
      connection.setAutoCommit(false);
      insert(connection, "rolled back");
      connection.rollback();
      insert(connection, "kept");
      connection.commit();
    }
    stream.relay();
    assertThat(numbersAfter(head)).containsOnly(Map.entry("kept", head + 1));
  }

  @Test
  void concurrentWritersAndRelaysMakeNoGapNoTwinAndKeepTheOrderOfCommits() throws Exception {
    stream.relay();
    long head = stream.head();
    List<Commit> commits = new ArrayList<>();
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicInteger rounds = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2)) {
      List<Future<?>> relays =
          List.of(
              threads.submit(() -> relayWhile(writing, rounds)),
              threads.submit(() -> relayWhile(writing, rounds)));
      List<Future<List<Commit>>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(threads.submit(() -> write(writer)));
      }
      for (Future<List<Commit>> writer : writers) {
        commits.addAll(writer.get());
      }
      writing.set(false);
      for (Future<?> relay : relays) {
        relay.get();
      }
    }
    stream.relay();

    Map<String, Long> numbers = numbersAfter(head);
    assertThat(rounds.get()).as("relays went on meanwhile").isGreaterThan(4);
    assertThat(numbers).hasSize(WRITERS * EACH);
    assertThat(numbers.values().stream().sorted().toList())
        .isEqualTo(
            java.util.stream.LongStream.rangeClosed(head + 1, head + WRITERS * EACH)
                .boxed()
                .toList());
    assertThat(stream.head()).isEqualTo(head + WRITERS * EACH);
    commits.sort(Comparator.comparingLong(Commit::committed));
    for (Commit earlier : commits) {
      for (Commit later : commits) {
        if (earlier.committed() < later.began()) {
          assertThat(numbers.get(earlier.name())).isLessThan(numbers.get(later.name()));
        }
      }
    }
  }

  @Test
  void databaseThatIsAnotherNowBeginsAnotherStream() {
    String before = stream.text("SELECT stream::text FROM event_head");
    stream.asOwner("UPDATE event_head SET incarnation = 'the one that was backed up'");
    stream.relay();
    String after = stream.text("SELECT stream::text FROM event_head");
    assertThat(after).isNotEqualTo(before);
    stream.relay();
    assertThat(stream.text("SELECT stream::text FROM event_head")).isEqualTo(after);
    assertThat(stream.text("SELECT event_incarnation()")).doesNotStartWith("oid");
  }

  private void relayWhile(AtomicBoolean writing, AtomicInteger rounds) {
    while (writing.get()) {
      stream.relay();
      rounds.incrementAndGet();
    }
  }

  private List<Commit> write(int writer) throws SQLException {
    List<Commit> commits = new ArrayList<>();
    try (Connection connection = stream.asApp()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < EACH; i++) {
        String name = writer + "/" + i;
        long began = System.nanoTime();
        insert(connection, name);
        try (var statement = connection.createStatement()) {
          statement.execute("SELECT pg_sleep(random() * 0.02)");
        }
        connection.commit();
        commits.add(new Commit(name, began, System.nanoTime()));
      }
    }
    return commits;
  }

  private static void insert(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(INSERT.formatted(name));
    }
  }

  private Map<String, Long> numbersAfter(long head) {
    Map<String, Long> numbers = new HashMap<>();
    stream
        .reads
        .list(
            "SELECT seq, data ->> 'relayIt' AS name FROM event WHERE seq > $1"
                + " AND data ->> 'relayIt' IS NOT NULL",
            row -> Map.entry(row.getString("name"), row.getLong("seq")),
            head)
        .await()
        .atMost(Duration.ofSeconds(10))
        .forEach(entry -> assertThat(numbers.put(entry.getKey(), entry.getValue())).isNull());
    return numbers;
  }
}
