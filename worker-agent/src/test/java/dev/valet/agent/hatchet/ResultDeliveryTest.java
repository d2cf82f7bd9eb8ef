package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.hatchet.wire.StepActionEvent;
import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDeliveryTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    var _ = vertx.close();
  }

  @Test
  void aConnectionThatFailsAtOnceDoesNotKeepTheLoopBusy() throws Exception {
    GrpcConnection closed =
        GrpcConnection.to(
            Endpoint.of(
                new HatchetConnection(
                    ClientTokenTest.token("{\"sub\":\"t\"}"),
                    "127.0.0.1:1",
                    null,
                    TlsStrategy.NONE,
                    Map.of()),
                Map.of()),
            vertx);
    closed.close();
    Context context = vertx.getOrCreateContext();
    ResultDelivery results =
        new ResultDelivery(context, vertx, new ResultStore(folder), () -> closed, new Random(7));
    CountDownLatch returned = new CountDownLatch(1);

    context.runOnContext(now -> {
      results.add(StepActionEvent.newBuilder().setTaskRunExternalId("run-1").build());
      returned.countDown();
    });

    assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(results.pending()).isEqualTo(1);
  }
}
