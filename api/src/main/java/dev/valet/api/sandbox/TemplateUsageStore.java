package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Reads;
import dev.valet.common.template.TemplateUsage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Counts sandboxes by the version of their template. */
@ApplicationScoped
class TemplateUsageStore {
  /** Each sandbox counts once for what it shall be, and once for what its instance is. */
  private static final String COUNT =
      """
      SELECT u.version, sum(u.wanted)::bigint AS wanted, sum(u.applied)::bigint AS applied,
        sum(u.running)::bigint AS running
      FROM sandbox d JOIN sandbox_status s ON s.sandbox_id = d.id
      CROSS JOIN LATERAL (VALUES
        (d.template_version, 1, 0, 0),
        (s.applied_template_version, 0, 1, CASE WHEN s.phase = 'running' THEN 1 ELSE 0 END)
      ) AS u (version, wanted, applied, running)
      WHERE d.template_id = $1 AND s.phase <> 'terminated' AND u.version IS NOT NULL AND %s
      GROUP BY u.version ORDER BY u.version DESC
      """;

  private final Reads reads;

  TemplateUsageStore(Reads reads) {
    this.reads = reads;
  }

  Uni<List<TemplateUsage.Version>> count(UUID templateId, Scope scope) {
    Scope.Sql where = scope.where("d", 2);
    return reads.list(
        COUNT.formatted(where.text()),
        row ->
            new TemplateUsage.Version(
                row.getInteger("version"),
                row.getLong("wanted"),
                row.getLong("applied"),
                row.getLong("running")),
        where.after(templateId));
  }
}
