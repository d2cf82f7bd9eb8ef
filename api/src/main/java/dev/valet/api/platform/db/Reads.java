package dev.valet.api.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries outside a transaction. Never used for writing: see {@link Transactions}. */
@ApplicationScoped
public class Reads {
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
    return Uni.createFrom()
        .completionStage(
            () -> pool.preparedQuery(sql).execute(Tuple.from(parameters)).toCompletionStage());
  }
}
