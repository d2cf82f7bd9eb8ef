package dev.valet.api.platform.db;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Opens transactions. Everything that one change writes (entity, status, outbox row, audit row)
 * goes through one {@link Tx}, so that it is kept or lost as a whole.
 *
 * <p>Must be called on a Vert.x duplicated context, as requests and {@code LoopRunner} provide. A
 * call inside another's work joins its transaction; two at the same time on one context would share
 * a connection, so parallel work needs a context each.
 */
@ApplicationScoped
public class Transactions {

  /**
   * Runs the work in a transaction: commits when it yields an item, rolls back when it fails.
   *
   * @param work what to do; must use nothing but the given {@link Tx} for the database
   */
  public <T> Uni<T> write(Function<Tx, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(() -> {
          AfterCommit outer = AfterCommit.current();
          return outer == null ? outermost(work) : write(work, outer);
        });
  }

  private static <T> Uni<T> outermost(Function<Tx, Uni<T>> work) {
    AfterCommit afterCommit = AfterCommit.open();
    return write(work, afterCommit)
        .onTermination()
        .invoke(afterCommit::close)
        .invoke(afterCommit::run);
  }

  private static <T> Uni<T> write(Function<Tx, Uni<T>> work, AfterCommit afterCommit) {
    return Panache.withTransaction(
        () -> Panache.getSession().chain(session -> work.apply(new Tx(session, afterCommit))));
  }
}
