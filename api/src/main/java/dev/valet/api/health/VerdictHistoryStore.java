package dev.valet.api.health;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Table health_verdict_change: every change of a verdict, kept for a time. */
@ApplicationScoped
class VerdictHistoryStore {
  private static final String INSERT =
      """
      INSERT INTO health_verdict_change
        (sandbox_id, tenant_id, at, from_status, to_status, reason, instance_id)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[],
        $6::text[], $7::text[])
      """;
  private static final String FORGET =
      """
      DELETE FROM health_verdict_change WHERE id IN
        (SELECT id FROM health_verdict_change WHERE at < $1 ORDER BY at LIMIT $2)
      """;

  /** Deletes up to so many changes from before that time; yields how many. */
  Uni<Integer> forget(Tx tx, Instant before, int most) {
    return tx.update(FORGET, Rows.parameter(before), (long) most);
  }

  Uni<Void> add(Tx tx, List<VerdictLog.Entry> entries) {
    return tx.update(
            INSERT,
            entries.stream().map(VerdictLog.Entry::sandboxId).toArray(UUID[]::new),
            entries.stream().map(VerdictLog.Entry::tenantId).toArray(UUID[]::new),
            entries.stream()
                .map(one -> Rows.parameter(one.change().at()))
                .toArray(OffsetDateTime[]::new),
            texts(entries, one -> one.change().from().wire()),
            texts(entries, one -> one.change().to().wire()),
            texts(entries, one -> one.change().reason()),
            texts(entries, VerdictLog.Entry::instanceId))
        .replaceWithVoid();
  }

  private static String[] texts(
      List<VerdictLog.Entry> entries, Function<VerdictLog.Entry, @Nullable String> value) {
    return entries.stream().map(value).toArray(String[]::new);
  }
}
