package dev.valet.api.realtime;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.LoopRunner;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.testkit.Owner;
import dev.valet.common.event.EventType;
import dev.valet.common.sandbox.Environment;
import dev.valet.local.postgres.PostgresServer;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes events and moves them, for tests: loops are off. */
@Singleton
class Stream {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  final Outbox outbox;
  final Transactions transactions;
  final Contexts contexts;
  final LoopRunner loops;
  final Reads reads;
  final String jdbcUrl;

  Stream(
      Outbox outbox,
      Transactions transactions,
      Contexts contexts,
      LoopRunner loops,
      Reads reads,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String jdbcUrl) {
    this.outbox = outbox;
    this.transactions = transactions;
    this.contexts = contexts;
    this.loops = loops;
    this.reads = reads;
    this.jdbcUrl = jdbcUrl;
  }

  /** Commits an event; it is not in the stream yet. */
  void happen(EventType type, EventSubject subject, String what) {
    contexts
        .fresh(() -> transactions.write(tx -> outbox.add(tx, type, subject, Map.of("what", what))))
        .await()
        .atMost(LIMIT);
  }

  /** Commits an event of the default tenant in dev, about a sandbox. */
  void happen(String what) {
    happen(EventType.SANDBOX_CHANGED, dev(UUID.randomUUID()), what);
  }

  EventSubject dev(UUID sandboxId) {
    return EventSubject.sandbox(tenant(), Environment.DEV, sandboxId);
  }

  /** The default tenant. */
  UUID tenant() {
    return UUID.fromString(text("SELECT id::text FROM tenant WHERE slug = 'default'"));
  }

  void relay() {
    run("event-relay");
  }

  /** Relays and brings to the sockets what was committed. */
  void flow() {
    run("event-relay");
    run("event-fanout");
  }

  void run(String loop) {
    loops.trigger(loop).await().atMost(LIMIT);
  }

  long head() {
    return number("SELECT seq FROM event_head");
  }

  long number(String sql) {
    return reads.first(sql, row -> row.getLong(0)).await().atMost(LIMIT);
  }

  String text(String sql) {
    return reads.first(sql, row -> row.getString(0)).await().atMost(LIMIT);
  }

  /** A connection of its own as the API's role. */
  Connection asApp() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    return DriverManager.getConnection(jdbcUrl, server.appUser(), server.appPassword());
  }

  /** Runs a statement as the owner of the tables. */
  void asOwner(String sql) {
    Owner.run(sql);
  }
}
