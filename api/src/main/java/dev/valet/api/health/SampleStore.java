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

/** Table health_sample, a partition a week; what is written is due to be rolled up. */
@ApplicationScoped
class SampleStore {
  private static final String INSERT =
      """
      INSERT INTO health_sample (sandbox_id, minute, probes, failures, cpu_min, cpu_avg, cpu_max,
        memory_min, memory_avg, memory_max, disk_min, disk_avg, disk_max,
        tasks_min, tasks_avg, tasks_max)
      SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::smallint[], $4::smallint[],
        $5::real[], $6::real[], $7::real[], $8::real[], $9::real[], $10::real[],
        $11::real[], $12::real[], $13::real[], $14::real[], $15::real[], $16::real[])
      ON CONFLICT (sandbox_id, minute) DO NOTHING
      """;

  /** Hours to be rolled up again. The update takes the row's lock, as the roll-up does. */
  private static final String DUE =
      """
      INSERT INTO health_hour_due
      SELECT DISTINCT date_bin('1 hour', minute, timestamptz 'epoch') AS hour
      FROM unnest($1::timestamptz[]) minute ORDER BY hour
      ON CONFLICT (hour) DO UPDATE SET hour = excluded.hour
      """;

  private static final String MAKE_AHEAD = "SELECT health_sample_make_partitions($1)";
  private static final String DROP_OLD = "SELECT health_sample_drop_partitions($1)";

  /** Stores samples; of two of the same minute (at a fail-over) the first stays. */
  Uni<Void> insert(Tx tx, List<Sample> samples) {
    return tx.update(
            INSERT,
            samples.stream().map(Sample::sandboxId).toArray(UUID[]::new),
            minutes(samples),
            samples.stream().map(one -> (short) one.probes()).toArray(Short[]::new),
            samples.stream().map(one -> (short) one.failures()).toArray(Short[]::new),
            column(samples, one -> one.cpu().least()),
            column(samples, one -> one.cpu().mean()),
            column(samples, one -> one.cpu().most()),
            column(samples, one -> one.memory().least()),
            column(samples, one -> one.memory().mean()),
            column(samples, one -> one.memory().most()),
            column(samples, one -> one.disk().least()),
            column(samples, one -> one.disk().mean()),
            column(samples, one -> one.disk().most()),
            column(samples, one -> one.tasks().least()),
            column(samples, one -> one.tasks().mean()),
            column(samples, one -> one.tasks().most()))
        .chain(() -> tx.update(DUE, (Object) minutes(samples)))
        .replaceWithVoid();
  }

  /** Makes sure that there are partitions from last week until so many weeks ahead. */
  Uni<Integer> makeAhead(Tx tx, int weeks) {
    return tx.list(MAKE_AHEAD, row -> row.getInteger(0), weeks).map(List::getFirst);
  }

  /** Drops the weeks that ended before that time; yields how many. */
  Uni<Integer> dropOld(Tx tx, Instant before) {
    return tx.list(DROP_OLD, row -> row.getInteger(0), Rows.parameter(before)).map(List::getFirst);
  }

  private static OffsetDateTime[] minutes(List<Sample> samples) {
    return samples.stream().map(one -> Rows.parameter(one.minute())).toArray(OffsetDateTime[]::new);
  }

  private static Float[] column(List<Sample> samples, Function<Sample, @Nullable Float> value) {
    return samples.stream().map(value).toArray(Float[]::new);
  }
}
