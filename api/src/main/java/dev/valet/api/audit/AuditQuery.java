package dev.valet.api.audit;

import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the audit log; null does not filter.
 *
 * @param actor subject of the actor
 * @param action such as {@code sandbox.stop}
 * @param targetType kind of the target
 * @param targetId id or name of the target
 * @param sandboxId the sandbox whose history it is
 * @param tenantId tenant of the target
 * @param environment environment of the target
 * @param result how it ended
 * @param requestId the HTTP request that it was done by
 * @param from not before this
 * @param to before this
 */
public record AuditQuery(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String targetType,
    @Nullable String targetId,
    @Nullable UUID sandboxId,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    @Nullable AuditResult result,
    @Nullable String requestId,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** The history of one sandbox. */
  public static AuditQuery ofSandbox(UUID sandboxId) {
    return new AuditQuery(null, null, null, null, sandboxId, null, null, null, null, null, null);
  }

  /** The filters by the name that clients know; null where there is none. */
  public Map<String, @Nullable Object> filters() {
    Map<String, @Nullable Object> filters = new LinkedHashMap<>();
    filters.put("actor", actor);
    filters.put("action", action);
    filters.put("targetType", targetType);
    filters.put("targetId", targetId);
    filters.put("sandboxId", sandboxId);
    filters.put("tenantId", tenantId);
    filters.put("environment", environment);
    filters.put("result", result);
    filters.put("requestId", requestId);
    filters.put("from", from);
    filters.put("to", to);
    return filters;
  }
}
