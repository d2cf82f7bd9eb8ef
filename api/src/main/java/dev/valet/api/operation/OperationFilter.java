package dev.valet.api.operation;

import dev.valet.common.operation.OperationKind;
import dev.valet.common.operation.OperationStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which operations a list shows; null does not filter. */
record OperationFilter(
    @Nullable OperationKind kind, @Nullable OperationStatus status, @Nullable UUID target) {

  /** By the name that clients know, for binding cursors. */
  Map<String, @Nullable Object> byName() {
    Map<String, @Nullable Object> filters = new LinkedHashMap<>();
    filters.put("kind", kind);
    filters.put("status", status);
    filters.put("target", target);
    return filters;
  }
}
