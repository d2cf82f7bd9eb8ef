package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.platform.db.Rows.parameter;

import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of launch attempts. */
@ApplicationScoped
class AttemptStore {
  private static final String INSERT =
      """
      INSERT INTO launch_attempt (id, sandbox_id, request, client_token, instance_type, subnet_id,
        created_at, template_version, parameters_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  /**
   * Only while the claim holds, and for the first time only while the wish is the planned one;
   * marks the attempt as sent.
   */
  private static final String SENDING =
      """
      UPDATE launch_attempt a SET sent_at = coalesce(a.sent_at, $2), last_sent_at = $2, absent_at = NULL
      FROM sandbox_status s JOIN sandbox d ON d.id = s.sandbox_id
      WHERE a.id = $1 AND a.closed_at IS NULL AND s.sandbox_id = a.sandbox_id
        AND s.lease_token = $3 AND s.lease_until > now()
        AND (a.sent_at IS NOT NULL OR d.generation = $4)
      RETURNING a.request
      """;

  private static final String CLOSE =
      """
      UPDATE launch_attempt SET closed_at = $2, outcome = $3, instance_id = $4
      WHERE id = $1 AND closed_at IS NULL
      """;

  /** The first of them counts; it is forgotten when the attempt is sent again. */
  private static final String ABSENT =
      """
      UPDATE launch_attempt SET absent_at = coalesce(absent_at, $2)
      WHERE id = $1 AND closed_at IS NULL
      """;

  private static final String OPEN_FOR =
      "SELECT sandbox_id FROM launch_attempt WHERE id = $1 AND closed_at IS NULL";

  private static final String WITHOUT_CAPACITY =
      """
      SELECT DISTINCT instance_type, subnet_id FROM launch_attempt
      WHERE outcome = 'no_capacity' AND closed_at > $1
      """;

  /** A stored intent. */
  record Draft(
      String id,
      UUID sandboxId,
      byte[] sealedRequest,
      String clientToken,
      Offering offering,
      Blueprint blueprint,
      Instant createdAt) {}

  Uni<Void> insert(Tx tx, Draft draft) {
    return tx.update(
            INSERT,
            draft.id(),
            draft.sandboxId(),
            Buffer.buffer(draft.sealedRequest()),
            draft.clientToken(),
            draft.offering().instanceType(),
            draft.offering().subnetId(),
            parameter(draft.createdAt()),
            draft.blueprint().templateVersion(),
            draft.blueprint().parametersHash())
        .replaceWithVoid();
  }

  /** The sealed request, marked as sent; null when the claim is lost. */
  Uni<byte @Nullable []> sending(Tx tx, Claim claim, String attemptId, Instant now) {
    return tx.first(
        SENDING,
        row -> row.getBuffer("request").getBytes(),
        attemptId,
        parameter(now),
        claim.leaseToken(),
        claim.desired().generation());
  }

  Uni<Void> close(
      Tx tx, String attemptId, String outcome, @Nullable String instanceId, Instant now) {
    return tx.update(CLOSE, attemptId, parameter(now), outcome, instanceId).replaceWithVoid();
  }

  Uni<Void> absent(Tx tx, String attemptId, Instant now) {
    return tx.update(ABSENT, attemptId, parameter(now)).replaceWithVoid();
  }

  /** The sandbox that an open attempt is for; null if it is closed, or never was. */
  Uni<@Nullable UUID> openFor(Tx tx, String attemptId) {
    return tx.first(OPEN_FOR, row -> row.getUUID("sandbox_id"), attemptId);
  }

  /** Offerings for which EC2 had no capacity since then, seen by any replica for any sandbox. */
  Uni<List<Offering>> withoutCapacity(Tx tx, Instant since) {
    return tx.list(
        WITHOUT_CAPACITY,
        row -> new Offering(row.getString("instance_type"), row.getString("subnet_id")),
        parameter(since));
  }
}
