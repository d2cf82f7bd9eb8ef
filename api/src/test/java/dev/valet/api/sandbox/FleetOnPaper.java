package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.query.Position;
import dev.valet.local.postgres.PostgresDatabase;
import dev.valet.local.postgres.PostgresServer;
import dev.valet.local.postgres.SampleFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A database of its own with ten thousand living sandboxes, asked as the running API asks. */
final class FleetOnPaper implements AutoCloseable {
  static final int LIVING = 10_000;
  static final int ENDED = 5_000;
  private static final String DATABASE = "valet_list_plans";

  private static final String MIDDLE =
      """
      SELECT * FROM (
        SELECT page.*, row_number() OVER () AS n, count(*) OVER () AS of FROM (%s) page) numbered
      WHERE n = greatest(1, of / 2)
      """;

  private final Pool pool;

  private FleetOnPaper(Pool pool) {
    this.pool = pool;
  }

  static FleetOnPaper fill() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    PostgresDatabase database = server.createDatabase(DATABASE);
    Flyway.configure()
        .dataSource(database.jdbcUrl(), server.ownerUser(), server.ownerPassword())
        .load()
        .migrate();
    try (Connection owner =
        DriverManager.getConnection(
            database.jdbcUrl(), server.ownerUser(), server.ownerPassword())) {
      SampleFleet.add(owner, LIVING, ENDED);
    }
    PgConnectOptions options =
        PgConnectOptions.fromUri(database.reactiveUrl())
            .setUser(server.appUser())
            .setPassword(server.appPassword());
    return new FleetOnPaper(PgBuilder.pool().connectingTo(options).build());
  }

  @Override
  public void close() {
    ask(pool.close());
    PostgresServer.shared().dropDatabase(DATABASE);
  }

  /** Whether statements that are run often are planned for the values of each run. */
  boolean plansForTheValuesAsked() {
    return ask(pool.query("SHOW plan_cache_mode").execute())
        .iterator()
        .next()
        .getString(0)
        .equals("force_custom_plan");
  }

  UUID tenant(String slug) {
    return id("SELECT id FROM tenant WHERE slug = $1", slug);
  }

  UUID template(String name) {
    return id("SELECT id FROM template WHERE name = $1", name);
  }

  UUID someSandbox() {
    return id("SELECT id FROM sandbox WHERE NOT ended AND name LIKE $1", "%-777");
  }

  private UUID id(String sql, String name) {
    return ask(pool.preparedQuery(sql).execute(Tuple.of(name))).iterator().next().getUUID(0);
  }

  /** How the first page is found. */
  QueryPlan first(SandboxListRequest request, Scope scope) {
    return explain(SandboxListQuery.page(request, scope, null));
  }

  /** How the page after half of the list is found; null if the list is empty. */
  @Nullable QueryPlan deep(SandboxListRequest request, Scope scope) {
    Position middle = middle(request, scope);
    return middle == null ? null : explain(SandboxListQuery.page(request, scope, middle));
  }

  private @Nullable Position middle(SandboxListRequest request, Scope scope) {
    SandboxListRequest whole =
        new SandboxListRequest(
            request.filter(), request.sort(), request.descending(), LIVING + ENDED, null);
    SandboxListQuery.Sql sql = SandboxListQuery.page(whole, scope, null);
    RowSet<Row> rows =
        ask(pool.preparedQuery(MIDDLE.formatted(sql.text())).execute(Tuple.wrap(sql.parameters())));
    return rows.size() == 0 ? null : position(request.sort(), rows.iterator().next());
  }

  private static Position position(SandboxSort sort, Row row) {
    String value =
        switch (sort) {
          case NAME -> row.getString("name").toLowerCase(Locale.ROOT);
          case CREATED_AT -> row.getOffsetDateTime("created_at").toString();
          case UPDATED_AT -> row.getOffsetDateTime("updated_at").toString();
          case PHASE -> row.getString("phase");
          case HEALTH -> row.getString("health");
        };
    return new Position(value, row.getUUID("id"));
  }

  private QueryPlan explain(SandboxListQuery.Sql sql) {
    RowSet<Row> rows =
        ask(
            pool.preparedQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql.text())
                .execute(Tuple.wrap(sql.parameters())));
    return new QueryPlan((JsonArray) rows.iterator().next().getValue(0));
  }

  private static <T> T ask(io.vertx.core.Future<T> answer) {
    try {
      return answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
