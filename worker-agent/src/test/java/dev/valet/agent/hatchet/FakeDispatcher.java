package dev.valet.agent.hatchet;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.valet.agent.hatchet.wire.ActionEventResponse;
import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.hatchet.wire.GetVersionRequest;
import dev.valet.agent.hatchet.wire.GetVersionResponse;
import dev.valet.agent.hatchet.wire.HeartbeatRequest;
import dev.valet.agent.hatchet.wire.HeartbeatResponse;
import dev.valet.agent.hatchet.wire.ListenRequest;
import dev.valet.agent.hatchet.wire.PutWorkflowRequest;
import dev.valet.agent.hatchet.wire.PutWorkflowResponse;
import dev.valet.agent.hatchet.wire.RegisterRequest;
import dev.valet.agent.hatchet.wire.RegisterResponse;
import dev.valet.agent.hatchet.wire.StepActionEvent;
import dev.valet.agent.hatchet.wire.UpsertWorkerLabelsRequest;
import dev.valet.agent.hatchet.wire.UpsertWorkerLabelsResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A dispatcher for what a real engine cannot be made to do. */
final class FakeDispatcher implements AutoCloseable {
  final List<StepActionEvent> events = new CopyOnWriteArrayList<>();
  final List<RegisterRequest> registrations = new CopyOnWriteArrayList<>();
  final List<UpsertWorkerLabelsRequest> labels = new CopyOnWriteArrayList<>();
  final List<GrpcServerResponse<ListenRequest, AssignedAction>> streams =
      new CopyOnWriteArrayList<>();
  volatile String version = "v0.104.7";
  volatile GrpcStatus beatAnswer = GrpcStatus.OK;
  volatile GrpcStatus eventAnswer = GrpcStatus.OK;
  volatile GrpcStatus labelsAnswer = GrpcStatus.OK;

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  FakeDispatcher() {
    GrpcServer grpc = GrpcServer.server(vertx);
    unary(grpc, "Dispatcher", "GetVersion", GetVersionRequest.parser(), this::version);
    unary(grpc, "Dispatcher", "Register", RegisterRequest.parser(), this::register);
    unary(grpc, "Dispatcher", "Heartbeat", HeartbeatRequest.parser(), this::beat);
    unary(grpc, "Dispatcher", "SendStepActionEvent", StepActionEvent.parser(), this::event);
    unary(
        grpc, "Dispatcher", "UpsertWorkerLabels", UpsertWorkerLabelsRequest.parser(), this::labels);
    unary(
        grpc,
        "v1.AdminService",
        "PutWorkflow",
        PutWorkflowRequest.parser(),
        request -> PutWorkflowResponse.getDefaultInstance());
    grpc.callHandler(
        FakeDispatcher.<ListenRequest, AssignedAction>method(
            "Dispatcher", "ListenV2", ListenRequest.parser()),
        request -> request.handler(listen -> streams.add(request.response())));
    server =
        vertx
            .createHttpServer()
            .requestHandler(grpc)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  int port() {
    return server.actualPort();
  }

  /** Sends an action on the newest stream. */
  void assign(AssignedAction.Builder action) {
    AssignedAction sent = action.build();
    vertx.runOnContext(now -> streams.getLast().write(sent));
  }

  private GetVersionResponse version(GetVersionRequest request) {
    if (version == null) {
      throw new Refusal(GrpcStatus.UNIMPLEMENTED);
    }
    return GetVersionResponse.newBuilder().setVersion(version).build();
  }

  private RegisterResponse register(RegisterRequest request) {
    registrations.add(request);
    return RegisterResponse.newBuilder().setWorkerId("worker-" + registrations.size()).build();
  }

  private HeartbeatResponse beat(HeartbeatRequest request) {
    return answer(beatAnswer, HeartbeatResponse.getDefaultInstance());
  }

  private UpsertWorkerLabelsResponse labels(UpsertWorkerLabelsRequest request) {
    labels.add(request);
    return answer(labelsAnswer, UpsertWorkerLabelsResponse.getDefaultInstance());
  }

  private ActionEventResponse event(StepActionEvent event) {
    events.add(event);
    return answer(eventAnswer, ActionEventResponse.getDefaultInstance());
  }

  private static <A> A answer(GrpcStatus status, A answer) {
    if (status != GrpcStatus.OK) {
      throw new Refusal(status);
    }
    return answer;
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final GrpcStatus status;

    private Refusal(GrpcStatus status) {
      this.status = status;
    }
  }

  private static <Q, A extends MessageLite> void unary(
      GrpcServer grpc, String service, String name, Parser<Q> parser, Function<Q, A> answers) {
    grpc.callHandler(
        FakeDispatcher.<Q, A>method(service, name, parser),
        request -> request.handler(message -> answer(request, message, answers)));
  }

  private static <Q, A> void answer(
      GrpcServerRequest<Q, A> request, Q message, Function<Q, A> answers) {
    try {
      request.response().end(answers.apply(message));
    } catch (Refusal refusal) {
      request.response().status(refusal.status).end();
    }
  }

  private static <Q, A extends MessageLite> ServiceMethod<Q, A> method(
      String service, String name, Parser<Q> parser) {
    return ServiceMethod.server(
        ServiceName.create(service),
        name,
        GrpcMessageEncoder.<A>encoder(),
        GrpcMessageDecoder.decoder(parser));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
