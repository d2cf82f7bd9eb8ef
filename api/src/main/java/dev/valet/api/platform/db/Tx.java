package dev.valet.api.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.pool.impl.SqlClientConnection;
import org.hibernate.reactive.session.ReactiveConnectionSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One running transaction: entities through the Mutiny session, SQL with {@code $1} parameters
 * through that session's own connection. Valid only inside the work given to {@link Transactions}.
 */
public final class Tx {
  private final Mutiny.Session session;
  private final AfterCommit afterCommit;

  Tx(Mutiny.Session session, AfterCommit afterCommit) {
    this.session = session;
    this.afterCommit = afterCommit;
  }

  /**
   * Does this once everything is committed; not at all if it is rolled back. For hints only: it may
   * be lost if the process dies. The same object given again is run once.
   */
  public void afterCommit(Runnable hint) {
    afterCommit.add(hint);
  }

  /** The session for entities. Call {@link #flush()} before SQL that needs their rows. */
  public Mutiny.Session session() {
    return session;
  }

  /** Stores a new entity at once, so that SQL of this transaction sees it. */
  public <E> Uni<E> persist(E entity) {
    return session.persist(entity).chain(session::flush).replaceWith(entity);
  }

  /** Writes pending entity changes. */
  public Uni<Void> flush() {
    return session.flush();
  }

  /** Runs a statement and yields the number of rows that it changed. */
  public Uni<Integer> update(String sql, @Nullable Object... parameters) {
    return run(sql, parameters).map(RowSet::rowCount);
  }

  /** Runs a query (or a statement with RETURNING) and yields its rows, mapped, in order. */
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
        .completionStage(() -> connection().preparedQuery(sql, Tuple.from(parameters)));
  }

  /**
   * Hibernate Reactive has no public way from a session to SQL with its own connection's native
   * types (uuid[], jsonb, timestamptz); this one is stable since its version 1.
   */
  private SqlClientConnection connection() {
    ReactiveConnectionSupplier supplier =
        ((org.hibernate.reactive.mutiny.impl.MutinySessionImpl) session)
            .unwrap(ReactiveConnectionSupplier.class);
    // A batch size of one takes the wrapper off that collects entity statements.
    return (SqlClientConnection) supplier.getReactiveConnection().withBatchSize(1);
  }
}
