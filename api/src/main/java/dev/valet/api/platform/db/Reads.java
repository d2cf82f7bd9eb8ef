package dev.valet.api.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Queries outside a transaction. They cannot write: a statement that would is refused before it is
 * sent, since it would have no event and no audit row. See {@link Transactions}.
 */
@ApplicationScoped
public class Reads {
  private static final Pattern QUERY = Pattern.compile("\\s*(SELECT|WITH)\\b");
  private static final List<String> WRITES =
      List.of("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE");

  private final Pool pool;

  Reads(Pool pool) {
    this.pool = pool;
  }

  /** Runs a query with {@code $1} parameters and yields its rows, mapped, in order. */
  public <T> Uni<List<T>> list(
      String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    return run(sql, parameters).map(rows -> Rows.list(rows, mapper));
  }

  /** Like {@link #list}, for at most one row: null when there is none. */
  public <T> Uni<@Nullable T> first(
      String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    return run(sql, parameters).map(rows -> Rows.first(rows, mapper));
  }

  private Uni<RowSet<Row>> run(String sql, @Nullable Object... parameters) {
    requireQuery(sql);
    return Uni.createFrom()
        .completionStage(
            () -> pool.preparedQuery(sql).execute(Tuple.from(parameters)).toCompletionStage());
  }

  private static void requireQuery(String sql) {
    if (!QUERY.matcher(sql).lookingAt() || WRITES.stream().anyMatch(sql::contains)) {
      throw new IllegalArgumentException("Only queries are run outside a transaction: " + sql);
    }
  }
}
