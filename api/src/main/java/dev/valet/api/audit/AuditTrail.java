package dev.valet.api.audit;

import dev.valet.api.platform.db.Condition;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the audit log. */
@ApplicationScoped
public class AuditTrail {
  private final AuditStore store;
  private final Cursors cursors;

  AuditTrail(AuditStore store, Cursors cursors) {
    this.store = store;
    this.cursors = cursors;
  }

  /**
   * A page, newest first.
   *
   * @param visible what the reader may see, on the columns {@code tenant_id}, {@code environment}
   * @param limit 1 to 200
   * @param cursor of the page before; null for the first
   * @throws dev.valet.api.platform.problem.ProblemException 400 if the cursor is of another list
   */
  public Uni<Page<AuditRecord>> list(
      Condition visible, AuditQuery query, int limit, @Nullable String cursor) {
    ListKey list = ListKey.of("audit", "id", true, query.filters());
    Position after = cursors.read(list, cursor);
    UUID before = after == null ? null : after.id();
    return store
        .list(new AuditSelect(visible, query, before), limit + 1)
        .map(rows -> Page.of(rows, limit, last -> cursor(list, last)));
  }

  private String cursor(ListKey list, AuditRecord last) {
    return cursors.write(list, new Position("", last.id()));
  }
}
