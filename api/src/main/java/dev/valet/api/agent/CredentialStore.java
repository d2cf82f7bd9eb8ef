package dev.valet.api.agent;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tables agent_bootstrap and agent_credential. Callers hold the registration's row. */
@ApplicationScoped
class CredentialStore {
  private static final String DROP_UNUSED =
      "DELETE FROM agent_bootstrap WHERE sandbox_id = $1 AND used_at IS NULL";
  private static final String SUPERSEDE =
      """
      UPDATE agent_bootstrap SET superseded_at = now()
      WHERE sandbox_id = $1 AND superseded_at IS NULL
      """;
  private static final String ISSUE =
      """
      INSERT INTO agent_bootstrap (token_hash, sandbox_id, issued_at, expires_at)
      VALUES ($1, $2, now(), $3)
      """;
  private static final String CONSUME =
      """
      UPDATE agent_bootstrap SET used_at = now()
      WHERE token_hash = $1 AND sandbox_id = $2 AND used_at IS NULL AND expires_at > now()
      RETURNING sandbox_id
      """;
  private static final String WAS_USED =
      """
      SELECT 1 FROM agent_bootstrap
      WHERE token_hash = $1 AND sandbox_id = $2 AND used_at IS NOT NULL
      """;
  private static final String IS_CURRENT =
      """
      SELECT 1 FROM agent_bootstrap
      WHERE token_hash = $1 AND sandbox_id = $2 AND superseded_at IS NULL
      """;
  private static final String STORE =
      """
      INSERT INTO agent_credential (sandbox_id, credential_hash, token_hash, instance_id, issued_at)
      VALUES ($1, $2, $3, $4, now())
      ON CONFLICT (sandbox_id) DO UPDATE SET
        credential_hash = EXCLUDED.credential_hash, token_hash = EXCLUDED.token_hash,
        instance_id = EXCLUDED.instance_id, issued_at = EXCLUDED.issued_at,
        revoked_at = NULL, revoked_reason = NULL
      """;
  private static final String OWNER =
      "SELECT sandbox_id FROM agent_credential WHERE credential_hash = $1";
  private static final String LIVE =
      """
      SELECT credential_hash, token_hash, instance_id FROM agent_credential
      WHERE sandbox_id = $1 AND revoked_at IS NULL
      """;
  private static final String REVOKE =
      """
      UPDATE agent_credential SET revoked_at = now(), revoked_reason = $2
      WHERE sandbox_id = $1 AND revoked_at IS NULL
      """;

  /** A credential that is not revoked. */
  record Credential(byte[] hash, byte[] tokenHash, String instanceId) {}

  /** Makes a token the sandbox's current one; older unused ones are gone, used ones remembered. */
  Uni<Void> issue(Tx tx, UUID sandboxId, byte[] tokenHash, Instant expiresAt) {
    return tx.update(DROP_UNUSED, sandboxId)
        .chain(() -> tx.update(SUPERSEDE, sandboxId))
        .chain(
            () -> tx.update(ISSUE, Buffer.buffer(tokenHash), sandboxId, Rows.parameter(expiresAt)))
        .replaceWithVoid();
  }

  Uni<Void> dropUnusedTokens(Tx tx, UUID sandboxId) {
    return tx.update(DROP_UNUSED, sandboxId).replaceWithVoid();
  }

  /** Uses up a token: true for exactly one caller, and only before its end. */
  Uni<Boolean> consume(Tx tx, UUID sandboxId, byte[] tokenHash) {
    return exists(tx, CONSUME, sandboxId, tokenHash);
  }

  Uni<Boolean> wasUsed(Tx tx, UUID sandboxId, byte[] tokenHash) {
    return exists(tx, WAS_USED, sandboxId, tokenHash);
  }

  /** Whether the token is the newest one issued for the sandbox. */
  Uni<Boolean> isCurrent(Tx tx, UUID sandboxId, byte[] tokenHash) {
    return exists(tx, IS_CURRENT, sandboxId, tokenHash);
  }

  Uni<Void> store(Tx tx, UUID sandboxId, Credential credential) {
    return tx.update(
            STORE,
            sandboxId,
            Buffer.buffer(credential.hash()),
            Buffer.buffer(credential.tokenHash()),
            credential.instanceId())
        .replaceWithVoid();
  }

  /** The sandbox whose newest credential has this hash, revoked or not; null if none has. */
  Uni<@Nullable UUID> owner(Tx tx, byte[] credentialHash) {
    return tx.first(OWNER, row -> row.getUUID(0), Buffer.buffer(credentialHash));
  }

  /** The sandbox's credential; null if there is none or it is revoked. */
  Uni<@Nullable Credential> live(Tx tx, UUID sandboxId) {
    return tx.first(LIVE, CredentialStore::credential, sandboxId);
  }

  /** Revokes the sandbox's credential: true if there was one to revoke. */
  Uni<Boolean> revoke(Tx tx, UUID sandboxId, String reason) {
    return tx.update(REVOKE, sandboxId, reason).map(count -> count == 1);
  }

  private static Uni<Boolean> exists(Tx tx, String sql, UUID sandboxId, byte[] tokenHash) {
    return tx.list(sql, row -> true, Buffer.buffer(tokenHash), sandboxId)
        .map(rows -> !rows.isEmpty());
  }

  private static Credential credential(Row row) {
    return new Credential(
        row.getBuffer("credential_hash").getBytes(),
        row.getBuffer("token_hash").getBytes(),
        row.getString("instance_id"));
  }
}
