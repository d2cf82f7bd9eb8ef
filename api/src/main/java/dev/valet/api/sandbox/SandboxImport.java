package dev.valet.api.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.access.Caller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.StoredResponse;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.audit.AuditResult;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.ComputeProvider;
import dev.valet.api.compute.Instance;
import dev.valet.api.operation.Operation;
import dev.valet.api.operation.OperationService;
import dev.valet.api.platform.db.SqlStates;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.sandbox.SandboxCreation.Checked;
import dev.valet.api.sandbox.lifecycle.AdoptedStatus;
import dev.valet.common.event.EventType;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.sandbox.CreateSandboxRequest;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.ImportSandboxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adopts an instance that was launched outside Valet. The row comes first and owns the instance;
 * the reconciler then sets Valet's tags, as often as it takes, and nothing restarts it.
 */
@ApplicationScoped
class SandboxImport {
  private static final String ROUTE = "POST /api/v1/sandboxes/import";
  private static final int ACCEPTED = 202;

  private final SandboxCreation creation;
  private final ComputeProvider compute;
  private final Adoption adoption;
  private final AdoptedStatus statuses;
  private final OperationService operations;
  private final Transactions transactions;
  private final Idempotency idempotency;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Wakeups wakeups;
  private final ObjectMapper json;

  SandboxImport(
      SandboxCreation creation,
      ComputeProvider compute,
      Adoption adoption,
      AdoptedStatus statuses,
      OperationService operations,
      Transactions transactions,
      Idempotency idempotency,
      Outbox outbox,
      AuditLog audit,
      Wakeups wakeups,
      ObjectMapper json) {
    this.creation = creation;
    this.compute = compute;
    this.adoption = adoption;
    this.statuses = statuses;
    this.operations = operations;
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.outbox = outbox;
    this.audit = audit;
    this.wakeups = wakeups;
    this.json = json;
  }

  /**
   * Adopts an instance, once per idempotency key.
   *
   * @return 202 with the operation, which ends when the instance carries Valet's tags
   * @throws ProblemException validation, forbidden, name-taken, conflict with the reason,
   *     unavailable if EC2 does not answer
   */
  Uni<StoredResponse> adopt(
      Caller caller, @Nullable String idempotencyKey, ImportSandboxRequest request) {
    Idempotency.check(idempotencyKey);
    byte[] hash = idempotency.hash(request);
    return creation
        .check(caller, asCreation(request))
        .chain(checked ->
            find(request.instanceId())
                .chain(instance ->
                    transactions.write(tx ->
                        idempotency.once(
                            tx,
                            caller,
                            ROUTE,
                            idempotencyKey,
                            hash,
                            () -> store(tx, caller, checked, instance)))))
        .invoke(() -> wakeups.wake(Wakeups.RECONCILER));
  }

  private static CreateSandboxRequest asCreation(ImportSandboxRequest request) {
    return new CreateSandboxRequest(
        request.name(),
        request.environment(),
        request.templateId(),
        null,
        request.tenantId(),
        null,
        request.tags(),
        null);
  }

  private Uni<Instance> find(String instanceId) {
    return compute
        .describe(List.of(instanceId))
        .onFailure(ComputeException.class)
        .transform(SandboxImport::unavailable)
        .map(found -> adoption.adoptable(instanceId, found));
  }

  private static ProblemException unavailable(Throwable failure) {
    return ProblemException.of(
            ProblemType.UNAVAILABLE,
            "EC2 could not be asked for the instance: " + failure.getMessage())
        .withHeader("Retry-After", "5");
  }

  private Uni<StoredResponse> store(Tx tx, Caller caller, Checked checked, Instance instance) {
    Sandbox sandbox = creation.sandbox(checked, desired(instance));
    return statuses
        .checkFree(tx, instance)
        .chain(() -> creation.inUse(tx, sandbox.templateId))
        .chain(() -> creation.freeName(tx, checked, sandbox))
        .chain(() -> insert(tx, caller, checked, sandbox, instance))
        .map(this::response);
  }

  /** As it is: nothing is started or stopped. */
  private static DesiredState desired(Instance instance) {
    return instance.status() == Ec2Status.STOPPED ? DesiredState.STOPPED : DesiredState.RUNNING;
  }

  private Uni<Operation> insert(
      Tx tx, Caller caller, Checked checked, Sandbox sandbox, Instance instance) {
    return tx.persist(sandbox)
        .onFailure(SqlStates::isUniqueViolation)
        .transform(twin -> SandboxCreation.nameTaken(checked))
        .chain(() -> adopted(tx, checked, sandbox, instance))
        .chain(() ->
            operations.open(tx, OperationKind.IMPORT, SandboxCreation.subject(checked, sandbox)))
        .call(() ->
            outbox.add(
                tx, EventType.SANDBOX_CREATED, sandbox.subject(), SandboxCreation.event(sandbox)))
        .call(() ->
            audit.record(
                tx,
                SandboxCreation.entry(caller, "sandbox.import", checked, sandbox)
                    .ended(AuditResult.SUCCESS, "Instance " + instance.instanceId())));
  }

  private Uni<Void> adopted(Tx tx, Checked checked, Sandbox sandbox, Instance instance) {
    return statuses
        .insert(
            tx,
            sandbox.id,
            sandbox.tenantId,
            checked.request().environment(),
            instance,
            sandbox.createdAt)
        .onFailure(SqlStates::isUniqueViolation)
        .transform(twin ->
            ProblemException.conflict(
                "The instance " + instance.instanceId() + " was adopted just now by another call"));
  }

  private StoredResponse response(Operation operation) {
    try {
      return new StoredResponse(
          ACCEPTED,
          SandboxResource.location(operation.id()).toString(),
          json.writeValueAsString(operation.view()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view cannot be written", e);
    }
  }
}
