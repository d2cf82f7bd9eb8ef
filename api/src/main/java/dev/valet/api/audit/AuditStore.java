package dev.valet.api.audit;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL of the audit log. The columns beside the bytes serve the filters alone. */
@ApplicationScoped
class AuditStore {
  private static final String INSERT =
      """
      INSERT INTO audit (id, at, actor, action, tenant_id, environment, target_type, target_id,
                         sandbox_id, result, canonical)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;

  private final Reads reads;

  AuditStore(Reads reads) {
    this.reads = reads;
  }

  Uni<List<AuditRecord>> list(AuditSelect select, int rows) {
    return reads.list(
        select.text(rows),
        row -> AuditBytes.read(row.getBuffer("canonical").getBytes()),
        select.parameters());
  }

  Uni<Void> insert(Tx tx, AuditRecord entry) {
    return tx.update(
            INSERT,
            entry.id(),
            Rows.parameter(entry.at()),
            entry.actor().subject(),
            entry.action(),
            entry.tenantId(),
            wire(entry),
            entry.targetType(),
            entry.targetId(),
            entry.sandboxId(),
            entry.result().wire(),
            Buffer.buffer(AuditBytes.write(entry)))
        .replaceWithVoid();
  }

  private static @Nullable String wire(AuditRecord entry) {
    return entry.environment() == null ? null : entry.environment().wire();
  }
}
