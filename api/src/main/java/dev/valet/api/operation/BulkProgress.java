package dev.valet.api.operation;

import static java.util.Objects.requireNonNull;

import dev.valet.common.operation.ItemCounts;
import dev.valet.common.operation.OperationStatus;
import java.time.Instant;
import java.util.List;

/** What the items of a bulk operation make of it. Pure. */
final class BulkProgress {
  private BulkProgress() {}

  static Operation of(Operation bulk, Counts items, Instant now) {
    ItemCounts counts = items.view();
    if (counts.unfinished() > 0) {
      boolean begun = counts.pending() < counts.total();
      return bulk.with(
          begun ? OperationStatus.RUNNING : OperationStatus.PENDING, List.of(), null, null);
    }
    String by = requireNonNull(bulk.bulk()).cancelledBy();
    if (by != null) {
      return bulk.with(
          OperationStatus.CANCELLED,
          List.of(),
          "cancelled by %s; %d of %d had not begun"
              .formatted(by, counts.cancelled(), counts.total()),
          now);
    }
    return counts.failed() > 0
        ? bulk.with(
            OperationStatus.FAILED,
            List.of(),
            "%d of %d failed; the items say why".formatted(counts.failed(), counts.total()),
            now)
        : bulk.with(OperationStatus.SUCCEEDED, List.of(), null, now);
  }
}
