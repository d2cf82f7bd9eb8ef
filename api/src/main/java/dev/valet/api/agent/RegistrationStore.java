package dev.valet.api.agent;

import dev.valet.api.platform.db.Tx;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Table agent_registration. Its row is the lock under which tokens, credential and contact of a
 * sandbox change: take it first.
 */
@ApplicationScoped
class RegistrationStore {
  private static final String UPSERT =
      """
      INSERT INTO agent_registration (sandbox_id, tenant_id, environment, capacity, engines)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (sandbox_id) DO UPDATE SET capacity = EXCLUDED.capacity, engines = EXCLUDED.engines
      """;
  private static final String LOCK =
      """
      SELECT r.sandbox_id, r.tenant_id, r.environment, r.capacity, r.engines, r.instance_id,
             t.name AS template, s.template_version
      FROM agent_registration r
      LEFT JOIN sandbox s ON s.id = r.sandbox_id
      LEFT JOIN template t ON t.id = s.template_id
      WHERE r.sandbox_id = $1 AND r.revoked_at IS NULL FOR UPDATE OF r
      """;
  private static final String SET_INSTANCE =
      "UPDATE agent_registration SET instance_id = $2 WHERE sandbox_id = $1";
  private static final String SET_ADDRESS =
      "UPDATE agent_registration SET address = $2, port = $3 WHERE sandbox_id = $1";
  private static final String REVOKE =
      "UPDATE agent_registration SET revoked_at = now() WHERE sandbox_id = $1";

  /**
   * A registration that is not revoked.
   *
   * @param instanceId instance of its recorded launch, if there is one
   * @param template what its sandbox was made from; empty if there is no such sandbox
   */
  record Registered(
      AgentRegistration registration, @Nullable String instanceId, Map<String, String> template) {
    boolean mayServe(String instance) {
      return instanceId == null || instanceId.equals(instance);
    }
  }

  Uni<Void> upsert(Tx tx, AgentRegistration registration) {
    return tx.update(
            UPSERT,
            registration.sandboxId(),
            registration.tenantId(),
            registration.environment().wire(),
            registration.capacity(),
            registration.engines().toArray(String[]::new))
        .replaceWithVoid();
  }

  /** Locks the sandbox's registration; null if there is none or it is revoked. */
  Uni<@Nullable Registered> lock(Tx tx, UUID sandboxId) {
    return tx.first(LOCK, RegistrationStore::registered, sandboxId);
  }

  Uni<Void> setInstance(Tx tx, UUID sandboxId, @Nullable String instanceId) {
    return tx.update(SET_INSTANCE, sandboxId, instanceId).replaceWithVoid();
  }

  Uni<Void> setAddress(Tx tx, UUID sandboxId, @Nullable String address, int port) {
    return tx.update(SET_ADDRESS, sandboxId, address, port).replaceWithVoid();
  }

  Uni<Void> revoke(Tx tx, UUID sandboxId) {
    return tx.update(REVOKE, sandboxId).replaceWithVoid();
  }

  private static Registered registered(Row row) {
    return new Registered(
        new AgentRegistration(
            row.getUUID("sandbox_id"),
            row.getUUID("tenant_id"),
            Environment.fromWire(row.getString("environment")),
            row.getInteger("capacity"),
            List.of(row.getArrayOfStrings("engines"))),
        row.getString("instance_id"),
        template(row.getString("template"), row.getInteger("template_version")));
  }

  private static Map<String, String> template(@Nullable String name, @Nullable Integer version) {
    return name == null || version == null
        ? Map.of()
        : Map.of("template", name, "template-version", version.toString());
  }
}
