package dev.valet.api.platform.telemetry;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live when the process can work: a timer of an event loop fires and a worker thread takes work. It
 * asks nobody else, so nothing outside can make Kubernetes restart the API.
 */
@Liveness
@ApplicationScoped
class ProcessLiveness implements AsyncHealthCheck {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Callable<Boolean> WORK = () -> true;

  private final Vertx vertx;

  ProcessLiveness(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return timer()
        .chain(this::worker)
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .map(done -> HealthCheckResponse.named("process").up().build())
        .onFailure()
        .recoverWithItem(stuck -> HealthCheckResponse.named("process").down().build());
  }

  private Uni<Void> timer() {
    return Uni.createFrom().emitter(emitter -> vertx.setTimer(1, id -> emitter.complete(null)));
  }

  private Uni<Boolean> worker() {
    return Uni.createFrom()
        .completionStage(() -> vertx.executeBlocking(WORK, false).toCompletionStage());
  }
}
