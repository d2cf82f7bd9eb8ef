package dev.valet.api.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.access.Caller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.Scope;
import dev.valet.api.access.StoredResponse;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.operation.BulkOperations;
import dev.valet.api.operation.NewItem;
import dev.valet.api.operation.Operation;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.sandbox.SandboxSelectionStore.Selected;
import dev.valet.common.access.Permission;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.sandbox.BulkAction;
import dev.valet.common.sandbox.BulkEffect;
import dev.valet.common.sandbox.BulkPreview;
import dev.valet.common.sandbox.BulkRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Accepts one action on many sandboxes, or says what it would do. What is meant is resolved once,
 * with the caller's permission in the query; {@link BulkRunner} works the items off.
 */
@ApplicationScoped
class BulkService {
  private static final String ROUTE = "POST /api/v1/sandboxes/bulk";
  private static final String NOT_FOUND = "not found";
  private static final int ACCEPTED = 202;

  private final Transactions transactions;
  private final SandboxSelectionStore selection;
  private final BulkOperations operations;
  private final Idempotency idempotency;
  private final AuditLog audit;
  private final Wakeups wakeups;
  private final ObjectMapper json;

  BulkService(
      Transactions transactions,
      SandboxSelectionStore selection,
      BulkOperations operations,
      Idempotency idempotency,
      AuditLog audit,
      Wakeups wakeups,
      ObjectMapper json) {
    this.transactions = transactions;
    this.selection = selection;
    this.operations = operations;
    this.idempotency = idempotency;
    this.audit = audit;
    this.wakeups = wakeups;
    this.json = json;
  }

  /** Sandboxes that are meant, and ids that name none that the caller may act on. */
  private record Meant(List<Selected> found, List<UUID> unknown) {}

  /**
   * What would happen now; writes nothing, so that a key has nothing to keep.
   *
   * @throws ProblemException validation, forbidden
   */
  Uni<BulkPreview> preview(Caller caller, @Nullable String idempotencyKey, BulkRequest request) {
    Idempotency.check(idempotencyKey);
    return transactions
        .write(tx -> resolve(tx, caller, request))
        .map(meant -> preview(request.action(), meant));
  }

  /**
   * Accepts the request, once per idempotency key.
   *
   * @return 202 with the operation as location
   * @throws ProblemException validation, forbidden, idempotency-mismatch
   */
  Uni<StoredResponse> accept(Caller caller, @Nullable String idempotencyKey, BulkRequest request) {
    Idempotency.check(idempotencyKey);
    byte[] hash = idempotency.hash(request);
    return transactions
        .write(tx ->
            idempotency.once(
                tx, caller, ROUTE, idempotencyKey, hash, () -> accept(tx, caller, request)))
        .invoke(() -> wakeups.wake(BulkRunner.NAME));
  }

  private Uni<StoredResponse> accept(Tx tx, Caller caller, BulkRequest request) {
    int concurrency =
        Objects.requireNonNullElse(request.concurrency(), BulkRequest.DEFAULT_CONCURRENCY);
    return resolve(tx, caller, request)
        .map(BulkService::items)
        .chain(items ->
            operations
                .open(
                    tx,
                    caller,
                    kind(request.action()),
                    Boolean.TRUE.equals(request.force()),
                    concurrency,
                    items)
                .call(
                    operation -> audit.record(tx, entry(caller, request, operation, items.size()))))
        .map(this::response);
  }

  private Uni<Meant> resolve(Tx tx, Caller caller, BulkRequest request) {
    if ((request.ids() == null) == (request.filter() == null)) {
      throw ProblemException.field("ids", "exactly one of ids and filter must be given");
    }
    Scope scope = permitted(caller, request.action());
    if (request.filter() == null) {
      List<UUID> ids = List.copyOf(new TreeSet<>(Objects.requireNonNull(request.ids())));
      return selection.named(tx, ids, scope).map(found -> meant(ids, found));
    }
    return selection
        .matching(
            tx, SandboxListRequest.filter(request.filter(), "filter"), scope, BulkRequest.MOST + 1)
        .invoke(BulkService::bounded)
        .map(found -> new Meant(found, List.of()));
  }

  private static Scope permitted(Caller caller, BulkAction action) {
    Permission permission =
        switch (action) {
          case START, STOP, RESTART -> Permission.OPERATE;
          case TERMINATE -> Permission.TERMINATE;
          case UPGRADE -> Permission.PROVISION;
        };
    Scope scope = caller.scope(permission);
    if (scope.isNone()) {
      throw ProblemException.forbidden("You lack the permission \"" + permission.wire() + "\"");
    }
    return scope;
  }

  private static Meant meant(List<UUID> ids, List<Selected> found) {
    Map<UUID, Selected> byId =
        found.stream().collect(Collectors.toMap(Selected::id, Function.identity()));
    return new Meant(found, ids.stream().filter(id -> !byId.containsKey(id)).toList());
  }

  private static void bounded(List<Selected> found) {
    if (found.size() > BulkRequest.MOST) {
      throw ProblemException.field(
          "filter",
          "matches more than the %d sandboxes that one operation may have; narrow it"
              .formatted(BulkRequest.MOST));
    }
  }

  private static List<NewItem> items(Meant meant) {
    List<NewItem> items = new ArrayList<>();
    meant
        .found()
        .forEach(one ->
            items.add(new NewItem(one.id(), one.name(), one.tenantId(), one.environment(), null)));
    meant.unknown().forEach(id -> items.add(new NewItem(id, null, null, null, NOT_FOUND)));
    return items;
  }

  private static BulkPreview preview(BulkAction action, Meant meant) {
    List<BulkPreview.Item> items = new ArrayList<>();
    meant.found().forEach(one -> items.add(preview(action, one)));
    meant
        .unknown()
        .forEach(id ->
            items.add(new BulkPreview.Item(id, null, BulkEffect.REFUSE, "refused: " + NOT_FOUND)));
    int acting = (int) items.stream().filter(item -> item.effect() == BulkEffect.ACT).count();
    return new BulkPreview(action, items.size(), acting, items);
  }

  private static BulkPreview.Item preview(BulkAction action, Selected one) {
    return switch (decide(action, one)) {
      case Wishes.New wish -> item(one, BulkEffect.ACT, action.wire());
      case Wishes.Joined joined ->
          item(one, BulkEffect.SKIP, action.wire() + " is under way already");
      case Wishes.Reached reached -> item(one, BulkEffect.SKIP, "already " + state(action, one));
      case Wishes.Refused refused -> item(one, BulkEffect.REFUSE, "refused: " + refused.why());
    };
  }

  private static Wishes.Decision decide(BulkAction action, Selected one) {
    Wishes.Decision decision = Wishes.decide(one.standing(), kind(action));
    boolean latest = one.templateVersion() == one.latestVersion();
    return action == BulkAction.UPGRADE && decision instanceof Wishes.New && latest
        ? new Wishes.Reached()
        : decision;
  }

  private static String state(BulkAction action, Selected one) {
    return action == BulkAction.UPGRADE
        ? "of version " + one.templateVersion()
        : one.standing().phase().wire();
  }

  private static BulkPreview.Item item(Selected one, BulkEffect effect, String detail) {
    return new BulkPreview.Item(one.id(), one.name(), effect, detail);
  }

  static OperationKind kind(BulkAction action) {
    return OperationKind.fromWire(action.wire());
  }

  private StoredResponse response(Operation operation) {
    return new StoredResponse(
        ACCEPTED, SandboxResource.location(operation.id()).toString(), write(operation));
  }

  private String write(Operation operation) {
    try {
      return json.writeValueAsString(operation.view());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view cannot be written", e);
    }
  }

  private static AuditEntry entry(
      Caller caller, BulkRequest request, Operation operation, int items) {
    Map<String, Object> after = new LinkedHashMap<>();
    after.put("action", request.action().wire());
    after.put("sandboxes", items);
    if (Boolean.TRUE.equals(request.force())) {
      after.put("force", true);
    }
    if (request.filter() != null) {
      after.put("filter", chosen(SandboxListRequest.filter(request.filter(), "filter")));
    }
    return AuditEntry.of(caller.actor(), "sandbox.bulk")
        .on("operation", operation.id())
        .in(operation.tenantId(), operation.environment())
        .change(Map.of(), after);
  }

  private static Map<String, Object> chosen(SandboxFilter filter) {
    Map<String, Object> chosen = new HashMap<>();
    new SandboxListRequest(filter, SandboxSort.NAME, false, 1, null)
        .key()
        .filters()
        .forEach(chosen::put);
    return chosen;
  }
}
