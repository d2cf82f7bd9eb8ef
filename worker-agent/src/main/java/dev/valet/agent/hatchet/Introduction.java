package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.wire.GetVersionRequest;
import dev.valet.agent.hatchet.wire.GetVersionResponse;
import dev.valet.agent.hatchet.wire.PutWorkflowRequest;
import dev.valet.agent.hatchet.wire.RegisterRequest;
import dev.valet.agent.hatchet.wire.RegisterResponse;
import dev.valet.agent.hatchet.wire.RuntimeInfo;
import dev.valet.agent.hatchet.wire.Task;
import dev.valet.agent.task.TaskCatalogue;
import dev.valet.agent.task.TaskDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/**
 * What a worker says before it works: it asks for the engine's version, declares a workflow for
 * each of its tasks, and registers.
 */
final class Introduction {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration REGISTER_LIMIT = Duration.ofSeconds(30);
  private static final String DEFAULT_SLOTS = "default";

  private final GrpcConnection connection;
  private final Names names;
  private final Self self;

  Introduction(GrpcConnection connection, Names names, Self self) {
    this.connection = connection;
    this.names = names;
    this.self = self;
  }

  /**
   * Who introduces itself.
   *
   * @param name of the worker, for people
   * @param agentVersion version of this program
   * @param capacity slots
   * @param labels for tasks to choose by
   */
  record Self(String name, String agentVersion, int capacity, Map<String, String> labels) {}

  /** What came of it. */
  record Registered(String workerId, EngineVersion version) {}

  Future<Registered> make(TaskCatalogue catalogue) {
    return version()
        .compose(version ->
            putWorkflows(catalogue)
                .compose(put -> register(catalogue, version))
                .map(answer -> new Registered(answer.getWorkerId(), version)));
  }

  private Future<EngineVersion> version() {
    return connection
        .call(Methods.GET_VERSION, GetVersionRequest.getDefaultInstance(), LIMIT)
        .map(GetVersionResponse::getVersion)
        .map(EngineVersion::of)
        .recover(failure ->
            RpcFailure.of(failure).code() == RpcCode.UNIMPLEMENTED
                ? Future.succeededFuture(EngineVersion.ANCIENT)
                : Future.failedFuture(failure));
  }

  private Future<Void> putWorkflows(TaskCatalogue catalogue) {
    Future<Void> all = Future.succeededFuture();
    for (TaskDefinition definition : catalogue.definitions().values()) {
      all =
          all.compose(done -> connection.call(Methods.PUT_WORKFLOW, workflow(definition), LIMIT))
              .mapEmpty();
    }
    return all;
  }

  private PutWorkflowRequest workflow(TaskDefinition definition) {
    return PutWorkflowRequest.newBuilder()
        .setName(names.workflow(definition.name()))
        .setDescription("Task of Valet's sandboxes")
        .addTasks(
            Task.newBuilder()
                .setReadableId(Names.TASK)
                .setAction(names.action(definition.name()))
                .setTimeout(definition.timeout().toMillis() + "ms")
                .setInputs("{}")
                .setRetries(definition.retries())
                .putSlotRequests(DEFAULT_SLOTS, definition.slots()))
        .build();
  }

  private Future<RegisterResponse> register(TaskCatalogue catalogue, EngineVersion version) {
    RegisterRequest.Builder request =
        RegisterRequest.newBuilder()
            .setWorkerName(self.name())
            .setRuntimeInfo(
                RuntimeInfo.newBuilder()
                    .setSdkVersion("valet-" + self.agentVersion())
                    .setLanguageVersion("java " + Runtime.version().feature())
                    .setOs(System.getProperty("os.name", "")));
    catalogue.definitions().keySet().stream()
        .sorted()
        .forEach(name -> request.addActions(names.action(name)));
    self.labels().forEach((key, value) -> request.putLabels(key, WorkerLabels.label(value)));
    if (version.hasSlotConfig()) {
      request.putSlotConfig(DEFAULT_SLOTS, self.capacity());
    } else {
      request.setSlots(self.capacity());
    }
    return connection.call(Methods.REGISTER, request.build(), REGISTER_LIMIT);
  }
}
