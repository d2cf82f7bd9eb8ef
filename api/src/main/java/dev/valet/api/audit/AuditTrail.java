package dev.valet.api.audit;

import dev.valet.api.platform.db.Condition;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.audit.AuditExportLine;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads the audit log. */
@ApplicationScoped
public class AuditTrail {
  private static final int EXPORT_PAGE = 500;

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
        .list(AuditSelect.before(visible, query, before), limit + 1)
        .map(rows -> Page.of(rows, limit, last -> cursor(list, last)));
  }

  /**
   * Rows with their seals, in the order of these, read as they are asked for. A row is sealed about
   * a second after it was written.
   *
   * @param visible what the reader may see, on the columns {@code tenant_id}, {@code environment}
   * @param after the seal after which to begin; 0 for all
   */
  public Multi<AuditExportLine> export(Condition visible, AuditQuery query, long after) {
    return Multi.createBy()
        .repeating()
        .uni(() -> new AtomicLong(after), last -> exportPage(visible, query, last))
        .whilst(page -> page.size() == EXPORT_PAGE)
        .onItem()
        .disjoint();
  }

  private Uni<List<AuditExportLine>> exportPage(
      Condition visible, AuditQuery query, AtomicLong last) {
    return store
        .export(AuditSelect.sealedAfter(visible, query, last.get()), EXPORT_PAGE)
        .invoke(page -> {
          if (!page.isEmpty()) {
            last.set(page.getLast().seq());
          }
        });
  }

  private String cursor(ListKey list, AuditRecord last) {
    return cursors.write(list, new Position("", last.id()));
  }
}
