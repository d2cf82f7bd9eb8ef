package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.platform.db.Rows.instant;
import static dev.valet.api.platform.db.Rows.requiredInstant;

import dev.valet.api.compute.ComputeConfig;
import dev.valet.api.compute.Tags;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.sandbox.lifecycle.Claim.Owner;
import dev.valet.api.sandbox.lifecycle.Observed.Contact;
import dev.valet.api.sandbox.lifecycle.Observed.OpenAttempt;
import dev.valet.api.sandbox.lifecycle.Observed.Verdict;
import dev.valet.api.sandbox.lifecycle.SandboxStatus.Ec2Facts;
import dev.valet.api.template.SpecCodec;
import dev.valet.api.template.SpecComparison;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.template.TemplateChange;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all that a plan needs for the claimed sandboxes, in one query. */
@ApplicationScoped
class ClaimStore {
  private static final String LOAD =
      """
      SELECT s.*, d.tenant_id, d.environment, d.name, d.template_id, d.template_version, d.capacity,
        d.desired, d.generation, d.forced, d.restart, d.version AS desired_version, d.tags,
        parameters_hash(d.parameters) AS wanted_hash,
        was.spec AS applied_spec, CASE WHEN was.spec IS NOT NULL THEN v.spec END AS wanted_spec,
        v.spec -> 'health' ->> 'repairAfter' AS repair_after,
        h.status AS health, h.since AS health_since, coalesce(h.verdict_version, 0) AS verdict_version,
        h.finding, h.finding_restart,
        c.instance_id AS contact_instance, c.boot_id AS contact_boot, c.contacted_at,
        coalesce(c.contact_version, 0) AS contact_version,
        a.id AS attempt_id, a.sent_at AS attempt_sent, a.last_sent_at AS attempt_last_sent,
        a.absent_at AS attempt_absent, coalesce(a.template_version, d.template_version) AS attempt_version,
        coalesce(a.parameters_hash, parameters_hash(d.parameters)) AS attempt_hash
      FROM sandbox_status s
      JOIN sandbox d ON d.id = s.sandbox_id
      JOIN template_version v ON v.template_id = d.template_id AND v.version = d.template_version
      LEFT JOIN template_version was ON was.template_id = d.template_id
        AND was.version = s.applied_template_version AND was.version <> d.template_version
      LEFT JOIN sandbox_health h ON h.sandbox_id = s.sandbox_id
      LEFT JOIN agent_contact c ON c.sandbox_id = s.sandbox_id
      LEFT JOIN launch_attempt a ON a.sandbox_id = s.sandbox_id AND a.closed_at IS NULL
      WHERE s.sandbox_id = ANY ($1)
      """;

  private final SpecCodec codec;
  private final ComputeConfig compute;

  ClaimStore(SpecCodec codec, ComputeConfig compute) {
    this.codec = codec;
    this.compute = compute;
  }

  Uni<List<Claim>> load(Tx tx, List<UUID> ids, long leaseEnds, boolean repairBraked) {
    return tx.list(
        LOAD, row -> claim(row, leaseEnds, repairBraked), (Object) ids.toArray(UUID[]::new));
  }

  private Claim claim(Row row, long leaseEnds, boolean repairBraked) {
    SandboxStatus status = status(row);
    Blueprint wanted =
        new Blueprint(row.getInteger("template_version"), row.getString("wanted_hash"));
    return new Claim(
        row.getUUID("lease_token"),
        leaseEnds,
        new Owner(
            row.getUUID("sandbox_id"),
            row.getUUID("tenant_id"),
            Environment.fromWire(row.getString("environment")),
            row.getString("name"),
            row.getUUID("template_id"),
            row.getInteger("template_version"),
            row.getInteger("capacity")),
        new Desired(
            DesiredState.fromWire(row.getString("desired")),
            row.getLong("generation"),
            row.getLong("forced").equals(row.getLong("generation")),
            row.getLong("restart"),
            row.getLong("desired_version"),
            wantedTags(row),
            ownTags(row),
            wanted),
        status,
        new Observed(
            status,
            null,
            attempt(row),
            verdict(row),
            contact(row),
            UpgradePlanner.plan(status.applied(), wanted, changes(row)),
            Duration.parse(row.getString("repair_after")),
            repairBraked));
  }

  private static Map<String, String> wantedTags(Row row) {
    Map<String, String> tags = new HashMap<>(StatusCodec.tags(row.getJsonObject("tags")));
    tags.put(Tags.NAME, row.getString("name"));
    return tags;
  }

  /** From the applied version to the wanted one; both specs come only if the versions differ. */
  private List<TemplateChange> changes(Row row) {
    JsonObject applied = row.getJsonObject("applied_spec");
    return applied == null
        ? List.of()
        : SpecComparison.between(
            codec.read(applied),
            codec.read(row.getJsonObject("wanted_spec")),
            row.getString("instance_type"));
  }

  private static @Nullable Blueprint applied(Row row) {
    Integer version = row.getInteger("applied_template_version");
    return version == null
        ? null
        : new Blueprint(version, row.getString("applied_parameters_hash"));
  }

  /** As a launch sets them, but for the launch itself. */
  private Map<String, String> ownTags(Row row) {
    return Map.of(
        Tags.INSTALLATION,
        compute.installationId().toString(),
        Tags.SANDBOX,
        row.getUUID("sandbox_id").toString(),
        Tags.TENANT,
        row.getUUID("tenant_id").toString(),
        Tags.ENVIRONMENT,
        row.getString("environment"),
        Tags.TEMPLATE,
        row.getUUID("template_id") + ":" + row.getInteger("template_version"));
  }

  private static SandboxStatus status(Row row) {
    return new SandboxStatus(
        row.getUUID("sandbox_id"),
        PhaseCodec.read(
            row.getString("phase"),
            requiredInstant(row, "phase_since"),
            row.getJsonObject("phase_data")),
        row.getString("reason"),
        ec2(row),
        applied(row),
        instant(row, "absent_since"),
        row.getString("boot_id"),
        StatusCodec.conditions(row.getJsonArray("conditions")),
        StatusCodec.instants(row.getJsonArray("repairs")),
        row.getBoolean("adopted"),
        new InstanceTags(
            StatusCodec.tags(row.getJsonObject("applied_tags")), row.getString("tag_problem")),
        row.getInteger("retries"),
        row.getLong("observed_generation"),
        row.getLong("observed_restart"),
        row.getLong("observed_verdict_version"),
        row.getLong("observed_contact_version"),
        row.getLong("version"));
  }

  private static @Nullable Ec2Facts ec2(Row row) {
    String instanceId = row.getString("instance_id");
    if (instanceId == null) {
      return null;
    }
    return new Ec2Facts(
        instanceId,
        Ec2Status.fromWire(row.getString("ec2_status")),
        row.getString("instance_type"),
        row.getString("zone"),
        row.getString("private_ip"),
        row.getString("public_ip"),
        instant(row, "launched_at"));
  }

  private static @Nullable OpenAttempt attempt(Row row) {
    String id = row.getString("attempt_id");
    return id == null
        ? null
        : new OpenAttempt(
            id,
            instant(row, "attempt_sent"),
            instant(row, "attempt_last_sent"),
            instant(row, "attempt_absent"),
            new Blueprint(row.getInteger("attempt_version"), row.getString("attempt_hash")));
  }

  private static Verdict verdict(Row row) {
    String status = row.getString("health");
    return new Verdict(
        status == null ? HealthStatus.UNKNOWN : HealthStatus.fromWire(status),
        instant(row, "health_since"),
        row.getLong("verdict_version"),
        row.getString("finding"),
        Boolean.TRUE.equals(row.getBoolean("finding_restart")));
  }

  private static @Nullable Contact contact(Row row) {
    String bootId = row.getString("contact_boot");
    return bootId == null
        ? null
        : new Contact(
            row.getString("contact_instance"),
            bootId,
            requiredInstant(row, "contacted_at"),
            row.getLong("contact_version"));
  }
}
