package dev.valet.api.audit;

import dev.valet.api.platform.security.Actor;
import dev.valet.common.sandbox.Environment;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded. Start with {@link #of} and add what applies:
 *
 * <pre>{@code
 * AuditEntry.of(caller.actor(), "sandbox.stop")
 *     .on("sandbox", id).forSandbox(id).in(tenantId, environment)
 *     .change(Map.of("desired", "running"), Map.of("desired", "stopped"))
 * }</pre>
 *
 * @param actor who
 * @param action what, as {@code <kind>.<verb>}
 * @param tenantId tenant of the target; null if it has none, then only auditors of all see the row
 * @param environment environment of the target; null likewise
 * @param targetType kind of the target, such as {@code sandbox}; null if there is none
 * @param targetId its id or name
 * @param sandboxId the sandbox whose history this belongs to, if any
 * @param before tracked fields as they were; values are null, text, numbers, booleans, UUIDs,
 *     instants, wire names, and lists and maps of these; never secrets
 * @param after the same fields as they are now
 * @param result how it ended
 * @param reason why, in words for people; null if the action says it all
 */
public record AuditEntry(
    Actor actor,
    String action,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    @Nullable String targetType,
    @Nullable String targetId,
    @Nullable UUID sandboxId,
    Map<String, @Nullable Object> before,
    Map<String, @Nullable Object> after,
    AuditResult result,
    @Nullable String reason) {

  /** Copies what it is given. */
  public AuditEntry {
    before = Collections.unmodifiableMap(new TreeMap<>(before));
    after = Collections.unmodifiableMap(new TreeMap<>(after));
  }

  /** A success without target. */
  public static AuditEntry of(Actor actor, String action) {
    return new AuditEntry(
        actor, action, null, null, null, null, null, Map.of(), Map.of(), AuditResult.SUCCESS, null);
  }

  /** The same with a target; its id is written as text. A sandbox's history is set with it. */
  public AuditEntry on(String type, Object id) {
    UUID sandbox = type.equals("sandbox") && id instanceof UUID uuid ? uuid : sandboxId;
    return new AuditEntry(
        actor,
        action,
        tenantId,
        environment,
        type,
        id.toString(),
        sandbox,
        before,
        after,
        result,
        reason);
  }

  /** The same in the history of a sandbox that is not the target itself. */
  public AuditEntry forSandbox(UUID id) {
    return new AuditEntry(
        actor,
        action,
        tenantId,
        environment,
        targetType,
        targetId,
        id,
        before,
        after,
        result,
        reason);
  }

  /** The same in a tenant and environment. */
  public AuditEntry in(@Nullable UUID tenant, @Nullable Environment place) {
    return new AuditEntry(
        actor,
        action,
        tenant,
        place,
        targetType,
        targetId,
        sandboxId,
        before,
        after,
        result,
        reason);
  }

  /** The same with the tracked fields before and after. */
  public AuditEntry change(
      Map<String, ? extends @Nullable Object> old, Map<String, ? extends @Nullable Object> now) {
    return new AuditEntry(
        actor,
        action,
        tenantId,
        environment,
        targetType,
        targetId,
        sandboxId,
        new TreeMap<>(old),
        new TreeMap<>(now),
        result,
        reason);
  }

  /** The same with another end and its reason. */
  public AuditEntry ended(AuditResult end, @Nullable String why) {
    return new AuditEntry(
        actor,
        action,
        tenantId,
        environment,
        targetType,
        targetId,
        sandboxId,
        before,
        after,
        end,
        why);
  }
}
