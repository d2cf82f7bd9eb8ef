package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.admin.CreateTaskOpts;
import dev.valet.agent.hatchet.admin.CreateWorkflowVersionRequest;
import dev.valet.agent.hatchet.admin.CreateWorkflowVersionResponse;
import dev.valet.agent.hatchet.admin.GetRunDetailsRequest;
import dev.valet.agent.hatchet.admin.GetRunDetailsResponse;
import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import dev.valet.local.host.Waiting;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Says to the engine what no worker of ours would say, over gRPC. */
final class AdminCalls implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final ServiceName ADMIN = ServiceName.create("v1.AdminService");
  private static final ServiceMethod<CreateWorkflowVersionResponse, CreateWorkflowVersionRequest>
      PUT =
          ServiceMethod.client(
              ADMIN,
              "PutWorkflow",
              GrpcMessageEncoder.encoder(),
              GrpcMessageDecoder.decoder(CreateWorkflowVersionResponse.parser()));
  private static final ServiceMethod<GetRunDetailsResponse, GetRunDetailsRequest> DETAILS =
      ServiceMethod.client(
          ADMIN,
          "GetRunDetails",
          GrpcMessageEncoder.encoder(),
          GrpcMessageDecoder.decoder(GetRunDetailsResponse.parser()));

  private final Vertx vertx = Vertx.vertx();
  private final GrpcConnection connection;

  AdminCalls(RealEngine engine) throws IOException {
    HatchetConnection told =
        new HatchetConnection(
            engine.handshake().token(),
            "127.0.0.1:" + engine.grpcPort(),
            null,
            TlsStrategy.NONE,
            Map.of());
    connection = GrpcConnection.to(Endpoint.of(told, Map.of()), vertx);
  }

  <Q, A> A call(ServiceMethod<A, Q> method, Q message) throws Exception {
    return connection
        .call(method, message, LIMIT)
        .toCompletionStage()
        .toCompletableFuture()
        .get(2 * LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  void putWorkflow(CreateWorkflowVersionRequest.Builder workflow) throws Exception {
    call(PUT, workflow.build());
  }

  /** A task of a workflow, done by a worker's task of that name. */
  static CreateTaskOpts.Builder task(String id, String done, String... parents) {
    return CreateTaskOpts.newBuilder()
        .setReadableId(id)
        .setAction(done + ":run")
        .setTimeout("60s")
        .setInputs("{}")
        .addAllParents(List.of(parents));
  }

  /** How a run went, once it is over; its tasks by their ids. */
  GetRunDetailsResponse awaitDone(String run, Duration limit) throws Exception {
    GetRunDetailsRequest request = GetRunDetailsRequest.newBuilder().setExternalId(run).build();
    GetRunDetailsResponse[] last = {call(DETAILS, request)};
    Waiting.until(
        limit,
        Duration.ofMillis(100),
        () -> {
          try {
            last[0] = call(DETAILS, request);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return last[0].getDone();
        });
    if (!last[0].getDone()) {
      throw new AssertionError(run + " does not end: " + last[0]);
    }
    return last[0];
  }

  @Override
  public void close() {
    connection.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
