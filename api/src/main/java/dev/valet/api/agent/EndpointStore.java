package dev.valet.api.agent;

import dev.valet.api.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what registration and contact know of where an agent answers. */
@ApplicationScoped
class EndpointStore {
  private static final String FIND =
      """
      SELECT r.address, r.port, c.boot_id
      FROM agent_registration r JOIN agent_contact c ON c.sandbox_id = r.sandbox_id
      WHERE r.sandbox_id = $1 AND r.revoked_at IS NULL
        AND r.address IS NOT NULL AND r.port IS NOT NULL
      """;

  private final Reads reads;

  EndpointStore(Reads reads) {
    this.reads = reads;
  }

  Uni<@Nullable AgentEndpoint> find(UUID sandboxId) {
    return reads.first(
        FIND,
        row ->
            new AgentEndpoint(
                row.getString("address"), row.getInteger("port"), row.getString("boot_id")),
        sandboxId);
  }
}
