package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.platform.db.Rows.parameter;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.sandbox.lifecycle.SandboxStatus.Ec2Facts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that writes sandbox_status. Leases are judged by the database's clock, phases by ours. */
@ApplicationScoped
class StatusStore {
  private static final String INSERT =
      """
      INSERT INTO sandbox_status (sandbox_id, phase, phase_since, phase_data, conditions, repairs,
        retries, observed_generation, observed_restart, observed_verdict_version,
        observed_contact_version, reconcile_after, version)
      VALUES ($1, $2, $3, $4, '[]', '[]', 0, 0, 0, 0, 0, $3, 1)
      """;

  private static final String INSERT_ADOPTED =
      """
      INSERT INTO sandbox_status (sandbox_id, phase, phase_since, phase_data, conditions, repairs,
        retries, observed_generation, observed_restart, observed_verdict_version,
        observed_contact_version, reconcile_after, version, adopted, instance_id, ec2_status,
        instance_type, zone, private_ip, public_ip, launched_at)
      VALUES ($1, $2, $3, $4, '[]', '[]', 0, 0, 0, 0, 0, $3, 1, true, $5, $6, $7, $8, $9, $10, $11)
      """;

  private static final String OWNER =
      "SELECT sandbox_id FROM sandbox_status WHERE instance_id = $1";

  private static final String CLAIM =
      """
      UPDATE sandbox_status SET lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => $3)
      WHERE sandbox_id IN (
        SELECT s.sandbox_id FROM sandbox_status s
        JOIN sandbox d ON d.id = s.sandbox_id
        LEFT JOIN sandbox_health h ON h.sandbox_id = s.sandbox_id
        LEFT JOIN agent_contact c ON c.sandbox_id = s.sandbox_id
        WHERE s.phase <> 'terminated'
          AND (s.lease_until IS NULL OR s.lease_until < now())
          AND (s.reconcile_after <= $1 OR d.generation <> s.observed_generation
            OR d.version <> s.observed_version
            OR coalesce(h.verdict_version, 0) <> s.observed_verdict_version
            OR coalesce(c.contact_version, 0) <> s.observed_contact_version)
        ORDER BY s.reconcile_after LIMIT $2 FOR UPDATE OF s SKIP LOCKED)
      RETURNING sandbox_id
      """;

  private static final String STILL_MINE =
      """
      SELECT s.sandbox_id FROM sandbox_status s JOIN sandbox d ON d.id = s.sandbox_id
      JOIN unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS mine (id, token, generation)
        ON mine.id = s.sandbox_id AND mine.token = s.lease_token AND mine.generation = d.generation
      WHERE s.lease_until > now()
      """;

  private static final String RECORD =
      """
      UPDATE sandbox_status SET phase = $4, phase_since = $5, phase_data = $6, reason = $7,
        instance_id = $8, ec2_status = $9, instance_type = $10, zone = $11, private_ip = $12,
        public_ip = $13, launched_at = $14, absent_since = $15, boot_id = $16, conditions = $17,
        repairs = $18, retries = $19, observed_generation = $20, observed_restart = $21,
        observed_verdict_version = $22, observed_contact_version = $23, reconcile_after = $24,
        observed_version = $25, applied_tags = $26, tag_problem = $27,
        applied_template_version = $28, applied_parameters_hash = $29, adopted = $30,
        lease_token = NULL, lease_until = NULL, version = version + 1
      WHERE sandbox_id = $1 AND version = $2 AND lease_token = $3
      """;

  private static final String RELEASE =
      """
      UPDATE sandbox_status s SET observed_generation = done.generation,
        observed_verdict_version = done.verdict, observed_contact_version = done.contact,
        observed_version = done.version, reconcile_after = done.again, lease_token = NULL, lease_until = NULL
      FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[],
        $6::timestamptz[], $7::bigint[]) AS done (id, token, generation, verdict, contact, again,
        version)
      WHERE s.sandbox_id = done.id AND s.lease_token = done.token
      """;

  private static final String BACK_OFF =
      """
      UPDATE sandbox_status SET lease_token = NULL, lease_until = now() + make_interval(secs => $2)
      WHERE lease_token = ANY ($1)
      """;

  private static final String DUE_NOW =
      """
      UPDATE sandbox_status SET reconcile_after = $2
      WHERE sandbox_id = ANY ($1) AND reconcile_after > $2 AND phase <> 'terminated'
      """;

  /** The row of a new sandbox, inserted with it. */
  Uni<Void> insert(Tx tx, UUID sandboxId, SandboxPhase phase) {
    return tx.update(
            INSERT,
            sandboxId,
            phase.name().wire(),
            parameter(phase.since()),
            PhaseCodec.data(phase))
        .replaceWithVoid();
  }

  /** The row of a sandbox whose instance is there already. */
  Uni<Void> insertAdopted(Tx tx, UUID sandboxId, SandboxPhase phase, Ec2Facts ec2) {
    return tx.update(
            INSERT_ADOPTED,
            sandboxId,
            phase.name().wire(),
            parameter(phase.since()),
            PhaseCodec.data(phase),
            ec2.instanceId(),
            ec2.status().wire(),
            ec2.type(),
            ec2.zone(),
            ec2.privateIp(),
            ec2.publicIp(),
            parameter(ec2.launchedAt()))
        .replaceWithVoid();
  }

  /** The sandbox, living or not, whose instance this is or was last; null if there is none. */
  Uni<@Nullable UUID> ownerOf(Tx tx, String instanceId) {
    return tx.first(OWNER, row -> row.getUUID("sandbox_id"), instanceId);
  }

  /** Claims up to {@code limit} due sandboxes, the longest due first. */
  Uni<List<UUID>> claim(Tx tx, Instant now, int limit, Duration lease) {
    return tx.list(CLAIM, row -> row.getUUID("sandbox_id"), parameter(now), limit, seconds(lease));
  }

  /** Which of these claims still hold, with what is wanted unchanged. */
  Uni<List<UUID>> stillMine(Tx tx, Collection<Claim> claims) {
    return tx.list(
        STILL_MINE,
        row -> row.getUUID("sandbox_id"),
        claims.stream().map(Claim::sandboxId).toArray(UUID[]::new),
        claims.stream().map(Claim::leaseToken).toArray(UUID[]::new),
        claims.stream().map(claim -> claim.desired().generation()).toArray(Long[]::new));
  }

  /** Compare-and-set of the whole row; false when the race was lost. */
  Uni<Boolean> record(Tx tx, Claim claim, SandboxStatus next, Instant again) {
    @Nullable Ec2Facts ec2 = next.instance();
    @Nullable Blueprint applied = next.applied();
    return tx.update(
            RECORD,
            claim.sandboxId(),
            next.version(),
            claim.leaseToken(),
            next.phase().name().wire(),
            parameter(next.phase().since()),
            PhaseCodec.data(next.phase()),
            next.reason(),
            ec2 == null ? null : ec2.instanceId(),
            ec2 == null ? null : ec2.status().wire(),
            ec2 == null ? null : ec2.type(),
            ec2 == null ? null : ec2.zone(),
            ec2 == null ? null : ec2.privateIp(),
            ec2 == null ? null : ec2.publicIp(),
            ec2 == null ? null : parameter(ec2.launchedAt()),
            parameter(next.absentSince()),
            next.bootId(),
            StatusCodec.conditions(next.conditions()),
            StatusCodec.instants(next.repairs()),
            next.retries(),
            claim.desired().generation(),
            next.observedRestart(),
            claim.observed().verdict().version(),
            StatusCodec.contactVersion(claim),
            parameter(again),
            claim.desired().version(),
            StatusCodec.tags(next.tags().applied()),
            next.tags().problem(),
            applied == null ? null : applied.templateVersion(),
            applied == null ? null : applied.parametersHash(),
            next.adopted())
        .map(rows -> rows == 1);
  }

  /** Gives back claims on sandboxes for which nothing changed, in one statement. */
  Uni<Integer> release(Tx tx, List<Claim> claims, List<Instant> again) {
    return tx.update(
        RELEASE,
        claims.stream().map(Claim::sandboxId).toArray(UUID[]::new),
        claims.stream().map(Claim::leaseToken).toArray(UUID[]::new),
        claims.stream().map(claim -> claim.desired().generation()).toArray(Long[]::new),
        claims.stream().map(claim -> claim.observed().verdict().version()).toArray(Long[]::new),
        claims.stream().map(StatusCodec::contactVersion).toArray(Long[]::new),
        again.stream().map(at -> parameter(at)).toArray(java.time.OffsetDateTime[]::new),
        claims.stream().map(claim -> claim.desired().version()).toArray(Long[]::new));
  }

  /** Gives back claims that could not be worked on; nobody takes them before the time is over. */
  Uni<Integer> backOff(Tx tx, Collection<Claim> claims, Duration time) {
    return tx.update(
        BACK_OFF, claims.stream().map(Claim::leaseToken).toArray(UUID[]::new), seconds(time));
  }

  /** Makes sandboxes due, because EC2 says something new of them. */
  Uni<Integer> dueNow(Tx tx, Collection<UUID> sandboxIds, Instant now) {
    return tx.update(DUE_NOW, sandboxIds.toArray(UUID[]::new), parameter(now));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
