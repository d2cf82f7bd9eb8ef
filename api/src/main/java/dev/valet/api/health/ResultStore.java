package dev.valet.api.health;

import dev.valet.api.agent.AgentReport;
import dev.valet.api.health.ResultPlanner.Update;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Table sandbox_health: the columns that probes change, in batches. A row whose target has changed
 * since the probe was asked is left alone.
 */
@ApplicationScoped
class ResultStore {
  /** Between the names of conditions, which hold no control characters. */
  private static final String SEPARATOR = "\u001f";

  private static final String WRITE =
      """
      UPDATE sandbox_health h SET
        status = r.status, since = r.since, reason = r.reason,
        conditions = string_to_array(r.conditions, E'\\x1f'),
        healthy_since = r.healthy_since, healthy_until = r.healthy_until,
        verdict_version = h.verdict_version + CASE WHEN r.news THEN 1 ELSE 0 END,
        version = h.version + 1,
        consecutive_failures = r.failures, consecutive_successes = r.successes,
        good_run = r.good_run, impaired_run = r.impaired_run, boot_answered = r.boot_answered,
        last_probe_at = r.at, detail = r.detail,
        boot_id = r.boot_id, facts = COALESCE(r.facts::jsonb, h.facts), hatchet_state = r.hatchet
      FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[], $6::text[],
        $7::timestamptz[], $8::timestamptz[], $9::boolean[], $10::integer[], $11::integer[],
        $12::integer[], $13::integer[], $14::boolean[], $15::timestamptz[], $16::text[],
        $17::text[], $18::text[], $19::text[])
        AS r(sandbox_id, target_version, status, since, reason, conditions, healthy_since,
          healthy_until, news, failures, successes, good_run, impaired_run, boot_answered, at,
          detail, boot_id, facts, hatchet)
      WHERE h.sandbox_id = r.sandbox_id AND h.target_version = r.target_version AND h.probed
      RETURNING h.sandbox_id, h.version
      """;

  /** Writes and yields the new versions of the rows that were still as expected. */
  Uni<Map<UUID, Long>> write(Tx tx, List<Update> updates) {
    if (updates.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.list(
            WRITE,
            row -> Map.entry(row.getUUID("sandbox_id"), row.getLong("version")),
            parameters(updates))
        .map(rows ->
            rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static @Nullable Object[] parameters(List<Update> updates) {
    return new @Nullable Object[] {
      column(updates, UUID[]::new, one -> one.after().target().sandboxId()),
      column(updates, Long[]::new, one -> one.after().targetVersion()),
      text(updates, one -> state(one).status().wire()),
      column(updates, OffsetDateTime[]::new, one -> Rows.parameter(state(one).since())),
      text(updates, one -> state(one).reason()),
      text(updates, one -> String.join(SEPARATOR, state(one).conditions())),
      column(updates, OffsetDateTime[]::new, one -> Rows.parameter(state(one).healthySince())),
      column(updates, OffsetDateTime[]::new, one -> Rows.parameter(state(one).healthyUntil())),
      column(updates, Boolean[]::new, one -> one.plan().isNews()),
      column(updates, Integer[]::new, one -> state(one).failures()),
      column(updates, Integer[]::new, one -> state(one).successes()),
      column(updates, Integer[]::new, one -> state(one).goodRun()),
      column(updates, Integer[]::new, one -> state(one).impairedRun()),
      column(updates, Boolean[]::new, one -> state(one).bootAnswered()),
      column(updates, OffsetDateTime[]::new, one -> Rows.parameter(one.result().at())),
      text(updates, one -> one.after().detail()),
      text(updates, one -> one.after().bootId()),
      text(updates, one -> facts(one.report())),
      text(updates, one -> hatchet(one.after().link()))
    };
  }

  private static @Nullable String hatchet(@Nullable WorkerLink link) {
    return link == null ? null : link.state().wire();
  }

  private static VerdictState state(Update update) {
    return update.after().state();
  }

  private static @Nullable String facts(@Nullable AgentReport report) {
    return report == null ? null : ReportFacts.of(report).encode();
  }

  private static String[] text(List<Update> updates, Function<Update, @Nullable String> value) {
    return column(updates, String[]::new, value);
  }

  private static <T> T[] column(
      List<Update> updates, IntFunction<T[]> array, Function<Update, @Nullable T> value) {
    return updates.stream().map(value).toArray(array);
  }
}
