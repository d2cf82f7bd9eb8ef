package dev.valet.api.platform.loop;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * Runs work on a duplicated Vert.x context of its own. A transaction belongs to such a context, so
 * items worked on in parallel need one each.
 */
@ApplicationScoped
public class Contexts {
  private final Vertx vertx;

  Contexts(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The work, on a fresh context on an event loop, whatever thread subscribes. */
  public <T> Uni<T> fresh(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(emitter -> {
          Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
          VertxContextSafetyToggle.setContextSafe(context, true);
          context.runOnContext(ignored ->
              Uni.createFrom()
                  .deferred(work::get)
                  .subscribe()
                  .with(emitter::complete, emitter::fail));
        });
  }

  /**
   * The work, on the event loop of the context that subscribes. For work with the database on the
   * way to a resource that may block, where the thread is a worker's.
   */
  public <T> Uni<T> here(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(emitter ->
            vertx
                .getOrCreateContext()
                .runOnContext(ignored ->
                    Uni.createFrom()
                        .deferred(work::get)
                        .subscribe()
                        .with(emitter::complete, emitter::fail)));
  }
}
