package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.Phase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.LockMode;
import org.jspecify.annotations.Nullable;

/** SQL behind {@link SandboxService}. */
@ApplicationScoped
class SandboxStore {
  private static final String IN_SCOPE = "SELECT d.id FROM sandbox d WHERE d.id = $1 AND ";
  private static final String NAME_TAKEN =
      """
      SELECT 1 FROM sandbox WHERE tenant_id = $1 AND environment = $2 AND lower(name) = lower($3)
        AND desired <> 'terminated' AND id <> $4
      """;
  private static final String PROGRESS =
      """
      SELECT s.phase, s.observed_generation, s.instance_id IS NULL OR
        (s.applied_template_version IS NOT DISTINCT FROM d.template_version
          AND s.applied_parameters_hash IS NOT DISTINCT FROM parameters_hash(d.parameters)) AS as_wanted
      FROM sandbox_status s JOIN sandbox d ON d.id = s.sandbox_id WHERE s.sandbox_id = $1
      """;

  /**
   * How far the reconciler is.
   *
   * @param asWanted whether the instance was made from the version and values that are wanted; true
   *     without instance
   */
  record Progress(Phase phase, long observedGeneration, boolean asWanted) {}

  /** The sandbox, its row locked; null when there is none within the scope. */
  Uni<@Nullable Sandbox> lock(Tx tx, UUID id, Scope scope) {
    Scope.Sql where = scope.where("d", 2);
    return tx.first(IN_SCOPE + where.text(), row -> row.getUUID("id"), where.after(id))
        .chain(found ->
            found == null
                ? Uni.createFrom().nullItem()
                : tx.session().find(Sandbox.class, id, LockMode.PESSIMISTIC_WRITE));
  }

  Uni<Boolean> nameTaken(Tx tx, UUID tenantId, Environment environment, String name, UUID except) {
    return tx.first(NAME_TAKEN, row -> true, tenantId, environment.wire(), name, except)
        .map(found -> found != null);
  }

  Uni<Progress> progress(Tx tx, UUID id) {
    return tx.list(
            PROGRESS,
            row ->
                new Progress(
                    Phase.fromWire(row.getString("phase")),
                    row.getLong("observed_generation"),
                    row.getBoolean("as_wanted")),
            id)
        .map(rows -> rows.getFirst());
  }
}
