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
import dev.valet.agent.hatchet.wire.PutLogRequest;
import dev.valet.agent.hatchet.wire.PutLogResponse;
import dev.valet.agent.hatchet.wire.PutWorkflowRequest;
import dev.valet.agent.hatchet.wire.PutWorkflowResponse;
import dev.valet.agent.hatchet.wire.RefreshTimeoutRequest;
import dev.valet.agent.hatchet.wire.RefreshTimeoutResponse;
import dev.valet.agent.hatchet.wire.RegisterRequest;
import dev.valet.agent.hatchet.wire.RegisterResponse;
import dev.valet.agent.hatchet.wire.StepActionEvent;
import dev.valet.agent.hatchet.wire.UnsubscribeRequest;
import dev.valet.agent.hatchet.wire.UnsubscribeResponse;
import dev.valet.agent.hatchet.wire.UpsertWorkerLabelsRequest;
import dev.valet.agent.hatchet.wire.UpsertWorkerLabelsResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;

/** The engine's methods that a worker calls. */
final class Methods {
  private static final String DISPATCHER = "Dispatcher";
  private static final String EVENTS = "EventsService";
  private static final String ADMIN = "v1.AdminService";

  static final ServiceMethod<GetVersionResponse, GetVersionRequest> GET_VERSION =
      method(DISPATCHER, "GetVersion", GetVersionResponse.parser());
  static final ServiceMethod<RegisterResponse, RegisterRequest> REGISTER =
      method(DISPATCHER, "Register", RegisterResponse.parser());
  static final ServiceMethod<AssignedAction, ListenRequest> LISTEN =
      method(DISPATCHER, "ListenV2", AssignedAction.parser());
  static final ServiceMethod<HeartbeatResponse, HeartbeatRequest> HEARTBEAT =
      method(DISPATCHER, "Heartbeat", HeartbeatResponse.parser());
  static final ServiceMethod<ActionEventResponse, StepActionEvent> SEND_EVENT =
      method(DISPATCHER, "SendStepActionEvent", ActionEventResponse.parser());
  static final ServiceMethod<RefreshTimeoutResponse, RefreshTimeoutRequest> REFRESH_TIMEOUT =
      method(DISPATCHER, "RefreshTimeout", RefreshTimeoutResponse.parser());
  static final ServiceMethod<UpsertWorkerLabelsResponse, UpsertWorkerLabelsRequest> UPSERT_LABELS =
      method(DISPATCHER, "UpsertWorkerLabels", UpsertWorkerLabelsResponse.parser());
  static final ServiceMethod<UnsubscribeResponse, UnsubscribeRequest> UNSUBSCRIBE =
      method(DISPATCHER, "Unsubscribe", UnsubscribeResponse.parser());
  static final ServiceMethod<PutLogResponse, PutLogRequest> PUT_LOG =
      method(EVENTS, "PutLog", PutLogResponse.parser());
  static final ServiceMethod<PutWorkflowResponse, PutWorkflowRequest> PUT_WORKFLOW =
      method(ADMIN, "PutWorkflow", PutWorkflowResponse.parser());

  private Methods() {}

  private static <Q extends MessageLite, A> ServiceMethod<A, Q> method(
      String service, String name, Parser<A> answers) {
    return ServiceMethod.client(
        ServiceName.create(service),
        name,
        GrpcMessageEncoder.<Q>encoder(),
        GrpcMessageDecoder.decoder(answers));
  }
}
