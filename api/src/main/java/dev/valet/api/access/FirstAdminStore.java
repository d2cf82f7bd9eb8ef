package dev.valet.api.access;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** SQL of the one row that tells that the first administrator was made. */
@ApplicationScoped
class FirstAdminStore {
  private static final String CLAIM =
      """
      INSERT INTO first_admin (issuer, subject, granted_at) VALUES ($1, $2, $3)
      ON CONFLICT (one) DO NOTHING
      """;

  /** Whether this caller is the first one. */
  Uni<Boolean> claim(Tx tx, Caller caller, Instant now) {
    return tx.update(CLAIM, caller.issuer(), caller.subject(), Rows.parameter(now))
        .map(rows -> rows == 1);
  }
}
