package dev.valet.api.sandbox;

import static java.util.Objects.requireNonNull;

import dev.valet.api.access.Caller;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.audit.AuditResult;
import dev.valet.api.operation.Operation;
import dev.valet.api.operation.OperationService;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.access.Permission;
import dev.valet.common.event.EventType;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.PatchSandboxRequest;
import dev.valet.common.sandbox.Phase;
import dev.valet.common.sandbox.UpgradeSandboxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes what is wanted of existing sandboxes. Each change is one transaction: row, operation,
 * event, audit. The reconciler does the rest.
 */
@ApplicationScoped
public class SandboxService {
  private final Transactions transactions;
  private final SandboxStore store;
  private final OperationService operations;
  private final UpgradeWishes upgrades;
  private final TagRules tags;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Wakeups wakeups;
  private final Clock clock;

  SandboxService(
      Transactions transactions,
      SandboxStore store,
      OperationService operations,
      UpgradeWishes upgrades,
      TagRules tags,
      Outbox outbox,
      AuditLog audit,
      Wakeups wakeups,
      Clock clock) {
    this.transactions = transactions;
    this.store = store;
    this.operations = operations;
    this.upgrades = upgrades;
    this.tags = tags;
    this.outbox = outbox;
    this.audit = audit;
    this.wakeups = wakeups;
    this.clock = clock;
  }

  /** Starts a stopped sandbox, or retries a failed one. */
  public Uni<Operation> start(Caller caller, UUID id) {
    return want(caller, Permission.OPERATE, id, OperationKind.START, false);
  }

  /** Drains, unless it is forced, and stops. */
  public Uni<Operation> stop(Caller caller, UUID id, boolean force) {
    return want(caller, Permission.OPERATE, id, OperationKind.STOP, force);
  }

  /** Drains, unless it is forced, and reboots. */
  public Uni<Operation> restart(Caller caller, UUID id, boolean force) {
    return want(caller, Permission.OPERATE, id, OperationKind.RESTART, force);
  }

  /** Drains, unless it is forced, and terminates for good. */
  public Uni<Operation> terminate(Caller caller, UUID id, boolean force) {
    return want(caller, Permission.TERMINATE, id, OperationKind.TERMINATE, force);
  }

  /**
   * Wants another version of the template, or other parameters. The reconciler finds out what that
   * takes: nothing, a restart, or another instance. A stopped sandbox stays stopped, and a failed
   * one is tried again.
   *
   * @throws ProblemException not-found, forbidden, conflict, validation
   */
  public Uni<Operation> upgrade(Caller caller, UUID id, UpgradeSandboxRequest request) {
    return transactions
        .write(tx ->
            locked(tx, caller, Permission.PROVISION, id)
                .invoke(sandbox -> mayReplace(caller, sandbox))
                .chain(sandbox ->
                    upgrades
                        .of(tx, sandbox, request)
                        .chain(wish ->
                            upgrade(
                                tx, caller, sandbox, wish, Boolean.TRUE.equals(request.force())))))
        .invoke(() -> wakeups.wake(Wakeups.RECONCILER));
  }

  /** An upgrade may end an instance and its volume. */
  private static void mayReplace(Caller caller, Sandbox sandbox) {
    caller.require(
        Permission.TERMINATE, sandbox.tenantId, Environment.fromWire(sandbox.environment));
  }

  private Uni<Operation> upgrade(
      Tx tx, Caller caller, Sandbox sandbox, UpgradeWish wish, boolean force) {
    return store
        .progress(tx, sandbox.id)
        .chain(progress ->
            operations
                .findOpen(tx, sandbox.id)
                .map(open -> Wishes.decide(sandbox, progress, open, wish)))
        .chain(decision ->
            switch (decision) {
              case Wishes.Refused refused ->
                  throw ProblemException.of(ProblemType.CONFLICT, refused.why());
              case Wishes.Joined joined ->
                  joined(tx, caller, sandbox, requireNonNull(joined.open()), force);
              case Wishes.Reached reached -> reached(tx, caller, sandbox, OperationKind.UPGRADE);
              case Wishes.New unseen -> apply(tx, caller, sandbox, wish, force);
            });
  }

  private Uni<Operation> apply(
      Tx tx, Caller caller, Sandbox sandbox, UpgradeWish wish, boolean force) {
    Map<String, Object> before = UpgradeWish.fields(sandbox);
    sandbox.templateVersion = wish.templateVersion();
    sandbox.parameters = wish.parameters();
    sandbox.capacity = wish.capacity();
    sandbox.want(sandbox.desired(), clock.instant());
    forced(sandbox, force);
    return tx.flush()
        .chain(() -> operations.open(tx, OperationKind.UPGRADE, subject(sandbox)))
        .call(() -> announce(tx, sandbox))
        .call(() ->
            audit.record(
                tx, entry(caller, sandbox, "upgrade").change(before, UpgradeWish.fields(sandbox))));
  }

  /**
   * Changes settings.
   *
   * @param expectedVersion the version that the caller saw
   * @throws ProblemException not-found, precondition-failed, name-taken, validation
   */
  public Uni<Void> patch(Caller caller, UUID id, long expectedVersion, PatchSandboxRequest patch) {
    tags.check(patch.tags());
    return transactions
        .write(tx ->
            locked(tx, caller, Permission.OPERATE, id)
                .chain(sandbox -> patch(tx, caller, sandbox, expectedVersion, patch)))
        .invoke(() -> wakeups.wake(Wakeups.RECONCILER));
  }

  private Uni<Void> patch(
      Tx tx, Caller caller, Sandbox sandbox, long expectedVersion, PatchSandboxRequest patch) {
    if (sandbox.version != expectedVersion) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED,
          "The sandbox has changed: If-Match names version %d, it is %d. Read it again."
              .formatted(expectedVersion, sandbox.version));
    }
    if (sandbox.desired() == DesiredState.TERMINATED) {
      throw ProblemException.of(
          ProblemType.CONFLICT, "The sandbox is terminated or on the way there.");
    }
    Map<String, Object> before = settings(sandbox);
    return freeName(tx, sandbox, patch)
        .invoke(() -> apply(sandbox, patch))
        .chain(() -> changed(tx, caller, sandbox, before));
  }

  private Uni<Void> freeName(Tx tx, Sandbox sandbox, PatchSandboxRequest patch) {
    String name = patch.name();
    if (name == null || name.equalsIgnoreCase(sandbox.name)) {
      return Uni.createFrom().voidItem();
    }
    Environment environment = Environment.fromWire(sandbox.environment);
    return store
        .nameTaken(tx, sandbox.tenantId, environment, name, sandbox.id)
        .invoke(taken -> {
          if (taken) {
            throw SandboxProblems.nameTaken(name, environment);
          }
        })
        .replaceWithVoid();
  }

  private static void apply(Sandbox sandbox, PatchSandboxRequest patch) {
    sandbox.name = Objects.requireNonNullElse(patch.name(), sandbox.name);
    sandbox.tags = Objects.requireNonNullElse(patch.tags(), sandbox.tags);
    sandbox.capacity = Objects.requireNonNullElse(patch.capacity(), sandbox.capacity);
  }

  private Uni<Void> changed(Tx tx, Caller caller, Sandbox sandbox, Map<String, Object> before) {
    if (settings(sandbox).equals(before)) {
      return Uni.createFrom().voidItem();
    }
    sandbox.touch(clock.instant());
    return tx.flush()
        .chain(() -> announce(tx, sandbox))
        .chain(() ->
            audit.record(tx, entry(caller, sandbox, "update").change(before, settings(sandbox))));
  }

  private Uni<Operation> want(
      Caller caller, Permission permission, UUID id, OperationKind kind, boolean force) {
    return transactions
        .write(tx ->
            locked(tx, caller, permission, id)
                .chain(sandbox ->
                    store
                        .progress(tx, id)
                        .chain(progress ->
                            decide(tx, caller, sandbox, progress, new Asked(kind, force)))))
        .invoke(() -> wakeups.wake(Wakeups.RECONCILER));
  }

  /** What is asked, and whether tasks are not to be waited for. */
  private record Asked(OperationKind kind, boolean force) {}

  private Uni<Operation> decide(
      Tx tx, Caller caller, Sandbox sandbox, SandboxStore.Progress progress, Asked asked) {
    return operations
        .findOpen(tx, sandbox.id)
        .chain(open ->
            switch (Wishes.decide(sandbox, progress, open, asked.kind())) {
              case Wishes.Refused refused ->
                  throw ProblemException.of(ProblemType.CONFLICT, refused.why());
              case Wishes.Joined joined ->
                  joined(tx, caller, sandbox, requireNonNull(joined.open()), asked.force());
              case Wishes.Reached reached -> reached(tx, caller, sandbox, asked.kind());
              case Wishes.New wish -> apply(tx, caller, sandbox, progress.phase(), asked);
            });
  }

  /** What is under way already; a caller in a hurry makes it wait for no task any more. */
  private Uni<Operation> joined(
      Tx tx, Caller caller, Sandbox sandbox, Operation open, boolean force) {
    if (!force || sandbox.isForced()) {
      return Uni.createFrom().item(open);
    }
    sandbox.force();
    sandbox.touch(clock.instant());
    return tx.flush()
        .chain(() -> announce(tx, sandbox))
        .chain(() ->
            audit.record(
                tx,
                entry(caller, sandbox, open.kind().wire())
                    .change(Map.of("force", false), Map.of("force", true))))
        .replaceWith(open);
  }

  private static void forced(Sandbox sandbox, boolean force) {
    if (force) {
      sandbox.force();
    }
  }

  private Uni<Operation> reached(Tx tx, Caller caller, Sandbox sandbox, OperationKind kind) {
    return operations
        .openReached(tx, kind, subject(sandbox))
        .call(() -> audit.record(tx, reachedEntry(caller, sandbox, kind)));
  }

  private Uni<Operation> apply(Tx tx, Caller caller, Sandbox sandbox, Phase phase, Asked asked) {
    Map<String, Object> before = wish(sandbox, phase);
    OperationKind kind = asked.kind();
    switch (kind) {
      case CREATE, START -> sandbox.want(DesiredState.RUNNING, clock.instant());
      case STOP -> sandbox.want(DesiredState.STOPPED, clock.instant());
      case RESTART -> sandbox.wantRestart(clock.instant());
      case TERMINATE -> sandbox.want(DesiredState.TERMINATED, clock.instant());
      case UPGRADE, IMPORT, BULK ->
          throw new IllegalArgumentException("no wish of this form: " + kind);
    }
    forced(sandbox, asked.force());
    return tx.flush()
        .chain(() -> operations.open(tx, kind, subject(sandbox)))
        .call(() -> announce(tx, sandbox))
        .call(() ->
            audit.record(
                tx, entry(caller, sandbox, kind.wire()).change(before, wish(sandbox, phase))));
  }

  private Uni<Sandbox> locked(Tx tx, Caller caller, Permission permission, UUID id) {
    return store
        .lock(tx, id, caller.scope(permission))
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("sandbox " + id));
  }

  private Uni<Void> announce(Tx tx, Sandbox sandbox) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("version", sandbox.version);
    data.put("desired", sandbox.desired);
    return outbox.add(tx, EventType.SANDBOX_CHANGED, sandbox.subject(), data);
  }

  private static AuditEntry reachedEntry(Caller caller, Sandbox sandbox, OperationKind kind) {
    return entry(caller, sandbox, kind.wire())
        .ended(
            AuditResult.SUCCESS,
            kind == OperationKind.UPGRADE
                ? "It was of version " + sandbox.templateVersion + " already"
                : "It was " + sandbox.desired + " already");
  }

  private static AuditEntry entry(Caller caller, Sandbox sandbox, String verb) {
    return AuditEntry.of(caller.actor(), "sandbox." + verb)
        .on("sandbox", sandbox.id)
        .in(sandbox.tenantId, Environment.fromWire(sandbox.environment));
  }

  private static OperationService.Subject subject(Sandbox sandbox) {
    return new OperationService.Subject(
        sandbox.id,
        sandbox.tenantId,
        Environment.fromWire(sandbox.environment),
        sandbox.generation);
  }

  private static Map<String, Object> wish(Sandbox sandbox, Phase phase) {
    return Map.of("desired", sandbox.desired, "phase", phase.wire(), "force", sandbox.isForced());
  }

  static Map<String, Object> settings(Sandbox sandbox) {
    return Map.of("name", sandbox.name, "tags", sandbox.tags, "capacity", sandbox.capacity);
  }
}
