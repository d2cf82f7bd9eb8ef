package dev.valet.api.agent;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** Table agent_contact. Callers hold the registration's row. */
@ApplicationScoped
class ContactStore {
  private static final String KNOWN_BOOT =
      "SELECT 1 FROM agent_contact WHERE sandbox_id = $1 AND boot_id = $2";
  private static final String SAME_BOOT =
      """
      UPDATE agent_contact SET contacted_at = $2, agent_version = $3 WHERE sandbox_id = $1
      """;
  private static final String NEW_BOOT =
      """
      INSERT INTO agent_contact AS c (sandbox_id, instance_id, boot_id, agent_version,
        boot_seen_at, contacted_at, contact_version)
      VALUES ($1, $2, $3, $4, $5, $5, 1)
      ON CONFLICT (sandbox_id) DO UPDATE SET
        instance_id = EXCLUDED.instance_id, boot_id = EXCLUDED.boot_id,
        agent_version = EXCLUDED.agent_version, boot_seen_at = EXCLUDED.boot_seen_at,
        contacted_at = EXCLUDED.contacted_at, contact_version = c.contact_version + 1
      """;

  private final Clock clock;

  ContactStore(Clock clock) {
    this.clock = clock;
  }

  /** One authenticated contact of an agent process. */
  record Contact(UUID sandboxId, String instanceId, String bootId, String agentVersion) {}

  /** Notes the contact: true if it is the first one of its agent process. */
  Uni<Boolean> note(Tx tx, Contact contact) {
    return tx.list(KNOWN_BOOT, row -> true, contact.sandboxId(), contact.bootId())
        .chain(known -> known.isEmpty() ? newBoot(tx, contact) : sameBoot(tx, contact));
  }

  private Uni<Boolean> sameBoot(Tx tx, Contact contact) {
    return tx.update(
            SAME_BOOT, contact.sandboxId(), Rows.parameter(clock.instant()), contact.agentVersion())
        .replaceWith(false);
  }

  private Uni<Boolean> newBoot(Tx tx, Contact contact) {
    return tx.update(
            NEW_BOOT,
            contact.sandboxId(),
            contact.instanceId(),
            contact.bootId(),
            contact.agentVersion(),
            Rows.parameter(clock.instant()))
        .replaceWith(true);
  }
}
