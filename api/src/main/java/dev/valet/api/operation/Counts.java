package dev.valet.api.operation;

import dev.valet.common.operation.ItemCounts;
import dev.valet.common.operation.ItemStatus;
import java.util.EnumMap;
import java.util.Map;

/** Items by status; adds up. */
record Counts(Map<ItemStatus, Long> byStatus) {
  static final Counts NONE = new Counts(Map.of());

  static Counts of(ItemStatus status, long count) {
    return new Counts(Map.of(status, count));
  }

  Counts plus(Counts other) {
    Map<ItemStatus, Long> sum = new EnumMap<>(ItemStatus.class);
    sum.putAll(byStatus);
    other.byStatus.forEach((status, count) -> sum.merge(status, count, Long::sum));
    return new Counts(sum);
  }

  long of(ItemStatus status) {
    return byStatus.getOrDefault(status, 0L);
  }

  ItemCounts view() {
    return new ItemCounts(
        byStatus.values().stream().mapToLong(Long::longValue).sum(),
        of(ItemStatus.PENDING),
        of(ItemStatus.RUNNING),
        of(ItemStatus.SUCCEEDED),
        of(ItemStatus.FAILED),
        of(ItemStatus.SKIPPED),
        of(ItemStatus.CANCELLED));
  }
}
