package dev.valet.api.access;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.platform.security.Actor;
import dev.valet.common.access.GrantView;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the audit log tells of grants. */
final class GrantAudit {
  private GrantAudit() {}

  static AuditEntry created(Caller caller, GrantView grant) {
    return created(caller.actor(), "grant.create", grant);
  }

  static AuditEntry created(Actor actor, String action, GrantView grant) {
    return entry(actor, action, grant).change(Map.of(), fields(grant));
  }

  static AuditEntry changed(Caller caller, GrantView before, GrantView after) {
    return entry(caller.actor(), "grant.update", after).change(fields(before), fields(after));
  }

  static AuditEntry revoked(Caller caller, GrantView grant) {
    return entry(caller.actor(), "grant.revoke", grant).change(fields(grant), Map.of());
  }

  /** A grant with label and end of another. */
  static GrantView withLabelAndEnd(GrantView grant, GrantView other) {
    return new GrantView(
        grant.id(),
        grant.issuer(),
        grant.subject(),
        grant.role(),
        grant.tenantId(),
        grant.environment(),
        other.label(),
        other.expiresAt(),
        grant.createdAt());
  }

  private static AuditEntry entry(Actor actor, String action, GrantView grant) {
    return AuditEntry.of(actor, action)
        .on("grant", grant.id())
        .in(grant.tenantId(), grant.environment());
  }

  private static Map<String, @Nullable Object> fields(GrantView grant) {
    Map<String, @Nullable Object> fields = new TreeMap<>();
    fields.put("issuer", grant.issuer());
    fields.put("subject", grant.subject());
    fields.put("role", grant.role());
    fields.put("tenantId", grant.tenantId());
    fields.put("environment", grant.environment());
    fields.put("label", grant.label());
    fields.put("expiresAt", grant.expiresAt());
    return fields;
  }
}
