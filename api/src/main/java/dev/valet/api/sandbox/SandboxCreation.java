package dev.valet.api.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.access.Caller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.Scope;
import dev.valet.api.access.StoredResponse;
import dev.valet.api.access.Tenant;
import dev.valet.api.access.Tenants;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.operation.Operation;
import dev.valet.api.operation.OperationService;
import dev.valet.api.platform.db.SqlStates;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.time.Ids;
import dev.valet.api.sandbox.lifecycle.PendingStatus;
import dev.valet.api.template.Parameters;
import dev.valet.api.template.TemplateService;
import dev.valet.common.access.Permission;
import dev.valet.common.event.EventType;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.problem.FieldError;
import dev.valet.common.sandbox.CreateSandboxRequest;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Phase;
import dev.valet.common.sandbox.SandboxView;
import dev.valet.common.template.TemplateVersionView;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accepts a new sandbox: checks everything that can be checked, then stores what is wanted. */
@ApplicationScoped
public class SandboxCreation {
  private static final String ROUTE = "POST /api/v1/sandboxes";
  private static final int ACCEPTED = 202;

  private final Transactions transactions;
  private final Wakeups wakeups;
  private final Idempotency idempotency;
  private final ObjectMapper json;
  private final TemplateService templates;
  private final Tenants tenants;
  private final SandboxStore store;
  private final Drifts drifts;
  private final PendingStatus statuses;
  private final OperationService operations;
  private final TagRules tags;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Ids ids;
  private final Clock clock;

  SandboxCreation(
      Transactions transactions,
      Wakeups wakeups,
      Idempotency idempotency,
      ObjectMapper json,
      TemplateService templates,
      Tenants tenants,
      SandboxStore store,
      Drifts drifts,
      PendingStatus statuses,
      OperationService operations,
      TagRules tags,
      Outbox outbox,
      AuditLog audit,
      Ids ids,
      Clock clock) {
    this.transactions = transactions;
    this.wakeups = wakeups;
    this.idempotency = idempotency;
    this.json = json;
    this.templates = templates;
    this.tenants = tenants;
    this.store = store;
    this.drifts = drifts;
    this.statuses = statuses;
    this.operations = operations;
    this.tags = tags;
    this.outbox = outbox;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /** A request that was found right, with everything resolved. */
  record Checked(
      CreateSandboxRequest request,
      UUID tenantId,
      TemplateVersionView template,
      Map<String, Object> parameters) {}

  /**
   * Accepts a new sandbox, once per idempotency key.
   *
   * @param idempotencyKey null to do without
   * @return 202 with the sandbox as it is right after, and the operation as location
   * @throws ProblemException validation, forbidden, name-taken, idempotency-mismatch
   */
  Uni<StoredResponse> create(
      Caller caller, @Nullable String idempotencyKey, CreateSandboxRequest request) {
    byte[] hash = idempotency.hash(request);
    return check(caller, request)
        .chain(checked ->
            transactions.write(tx ->
                idempotency.once(
                    tx, caller, ROUTE, idempotencyKey, hash, () -> store(tx, caller, checked))))
        .invoke(() -> wakeups.wake(Wakeups.RECONCILER));
  }

  /**
   * Checks a request without writing.
   *
   * @throws ProblemException validation, not-found, forbidden
   */
  Uni<Checked> check(Caller caller, CreateSandboxRequest request) {
    tags.check(request.tags());
    Scope scope = caller.scope(Permission.PROVISION);
    return tenant(caller, scope, request)
        .chain(tenantId -> template(request).map(template -> checked(request, tenantId, template)));
  }

  private Uni<UUID> tenant(Caller caller, Scope scope, CreateSandboxRequest request) {
    Uni<@Nullable Tenant> asked =
        request.tenantId() == null ? onlyTenant(scope) : visible(caller, request.tenantId());
    return asked
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.field("tenantId", "is not the id of a tenant"))
        .invoke(tenant -> {
          if (!scope.allows(tenant.id(), request.environment())) {
            throw ProblemException.forbidden(
                "You may not create in environment %s of tenant %s"
                    .formatted(request.environment().wire(), tenant.slug()));
          }
        })
        .map(Tenant::id);
  }

  /** A tenant that the caller may not see must not be told from none at all. */
  private Uni<@Nullable Tenant> visible(Caller caller, UUID tenantId) {
    return caller.sees(tenantId) ? tenants.byId(tenantId) : Uni.createFrom().nullItem();
  }

  /** Of a caller who may create in one tenant only, that one; else the default one. */
  private Uni<@Nullable Tenant> onlyTenant(Scope scope) {
    Set<UUID> named = scope.areas().stream().map(Scope.Area::tenantId).collect(Collectors.toSet());
    UUID only = named.size() == 1 ? named.iterator().next() : null;
    return only == null ? tenants.defaultTenant().map(tenant -> tenant) : tenants.byId(only);
  }

  private Uni<TemplateVersionView> template(CreateSandboxRequest request) {
    return templates
        .find(request.templateId())
        .chain(template ->
            template == null
                ? failed("templateId", "is not the id of a template", "see GET /api/v1/templates")
                : version(
                    request.templateId(),
                    Objects.requireNonNullElse(request.templateVersion(), template.latestVersion()),
                    template.latestVersion()));
  }

  private Uni<TemplateVersionView> version(UUID templateId, int version, int latest) {
    return templates
        .findVersion(templateId, version)
        .chain(found ->
            found == null
                ? failed("templateVersion", "does not exist", "1 to " + latest)
                : drifts.learn(templateId, version, latest).replaceWith(found));
  }

  private static <T> Uni<T> failed(String field, String message, String allowed) {
    return Uni.createFrom()
        .failure(
            ProblemException.fields(List.of(new FieldError(field, message, List.of(allowed)))));
  }

  private static Checked checked(
      CreateSandboxRequest request, UUID tenantId, TemplateVersionView template) {
    Map<String, Object> given = Objects.requireNonNullElse(request.parameters(), Map.of());
    Parameters.Resolved resolved = Parameters.resolve(template.spec().parameters(), given);
    if (!resolved.errors().isEmpty()) {
      throw ProblemException.fields(resolved.errors());
    }
    return new Checked(request, tenantId, template, resolved.values());
  }

  /**
   * Stores a checked request: sandbox, status, operation, event, audit.
   *
   * @throws ProblemException name-taken
   */
  private Uni<StoredResponse> store(Tx tx, Caller caller, Checked checked) {
    Sandbox sandbox = sandbox(checked, DesiredState.RUNNING);
    return inUse(tx, sandbox.templateId)
        .call(template -> freeName(tx, checked, sandbox))
        .chain(template ->
            insert(tx, caller, checked, sandbox)
                .map(operation -> accepted(checked, template, sandbox, operation)));
  }

  /** A retirement that comes at the same time waits for this transaction, or this one for it. */
  Uni<TemplateView> inUse(Tx tx, UUID templateId) {
    return templates
        .hold(tx, templateId)
        .invoke(template -> {
          if (template == null || template.retiredAt() != null) {
            throw ProblemException.field(
                "templateId", "is a retired template: no new sandbox is made from it");
          }
        });
  }

  Uni<Void> freeName(Tx tx, Checked checked, Sandbox sandbox) {
    return store
        .nameTaken(tx, sandbox.tenantId, checked.request().environment(), sandbox.name, sandbox.id)
        .invoke(taken -> {
          if (taken) {
            throw nameTaken(checked);
          }
        })
        .replaceWithVoid();
  }

  private StoredResponse accepted(
      Checked checked, TemplateView template, Sandbox sandbox, Operation operation) {
    String location = SandboxResource.location(operation.id()).toString();
    SandboxView view = drifts.remembered(view(checked, template, sandbox, operation));
    return new StoredResponse(ACCEPTED, location, write(view));
  }

  /** What the view's query will show at the first look. */
  private static SandboxView view(
      Checked checked, TemplateView template, Sandbox sandbox, Operation operation) {
    return new SandboxView(
        sandbox.id,
        sandbox.name,
        sandbox.tenantId,
        checked.request().environment(),
        sandbox.templateId,
        sandbox.templateVersion,
        template.latestVersion(),
        null,
        null,
        DesiredState.RUNNING,
        Phase.PENDING,
        null,
        null,
        new SandboxView.Health(HealthStatus.UNKNOWN, null, 0, null, null),
        sandbox.capacity,
        null,
        List.of(),
        null,
        sandbox.tags,
        List.of(),
        operation.id(),
        sandbox.version,
        sandbox.createdAt,
        sandbox.updatedAt);
  }

  private String write(SandboxView view) {
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view cannot be written", e);
    }
  }

  private Uni<Operation> insert(Tx tx, Caller caller, Checked checked, Sandbox sandbox) {
    return tx.persist(sandbox)
        .onFailure(SqlStates::isUniqueViolation)
        .transform(twin -> nameTaken(checked))
        .chain(() ->
            statuses.insert(
                tx,
                sandbox.id,
                sandbox.tenantId,
                checked.request().environment(),
                sandbox.createdAt))
        .chain(() -> outbox.add(tx, EventType.SANDBOX_CREATED, sandbox.subject(), event(sandbox)))
        .chain(() -> operations.open(tx, OperationKind.CREATE, subject(checked, sandbox)))
        .call(() -> audit.record(tx, entry(caller, checked, sandbox)));
  }

  static ProblemException nameTaken(Checked checked) {
    return SandboxProblems.nameTaken(checked.request().name(), checked.request().environment());
  }

  /** The row of a checked request, not stored yet. */
  Sandbox sandbox(Checked checked, DesiredState desired) {
    CreateSandboxRequest request = checked.request();
    Sandbox sandbox = new Sandbox();
    sandbox.id = ids.uuid();
    sandbox.tenantId = checked.tenantId();
    sandbox.environment = request.environment().wire();
    sandbox.name = request.name();
    sandbox.templateId = request.templateId();
    sandbox.templateVersion = checked.template().version();
    sandbox.parameters = checked.parameters();
    sandbox.tags = Objects.requireNonNullElse(request.tags(), Map.of());
    sandbox.capacity =
        Objects.requireNonNullElse(request.capacity(), checked.template().spec().capacity());
    sandbox.desired = desired.wire();
    sandbox.generation = 1;
    sandbox.version = 1;
    sandbox.createdAt = clock.instant();
    sandbox.updatedAt = sandbox.createdAt;
    return sandbox;
  }

  static OperationService.Subject subject(Checked checked, Sandbox sandbox) {
    return new OperationService.Subject(
        sandbox.id, sandbox.tenantId, checked.request().environment(), sandbox.generation);
  }

  static Map<String, Object> event(Sandbox sandbox) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("version", sandbox.version);
    data.put("name", sandbox.name);
    data.put("environment", sandbox.environment);
    return data;
  }

  private static AuditEntry entry(Caller caller, Checked checked, Sandbox sandbox) {
    return entry(caller, "sandbox.create", checked, sandbox);
  }

  static AuditEntry entry(Caller caller, String action, Checked checked, Sandbox sandbox) {
    Map<String, Object> after = new LinkedHashMap<>(SandboxService.settings(sandbox));
    after.put("desired", sandbox.desired);
    after.put("environment", sandbox.environment);
    after.put("templateId", sandbox.templateId.toString());
    after.put("templateVersion", sandbox.templateVersion);
    return AuditEntry.of(caller.actor(), action)
        .on("sandbox", sandbox.id)
        .in(sandbox.tenantId, checked.request().environment())
        .change(Map.of(), after);
  }
}
