package dev.valet.api.realtime;

import dev.valet.api.access.Scope;
import dev.valet.common.event.EventType;
import dev.valet.common.event.SubscribeRequest;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events go to a socket: those that were asked for, within what the caller may read.
 *
 * @param types wire names; null for all
 */
record Subscription(
    Scope scope, @Nullable UUID tenantId, @Nullable UUID sandboxId, @Nullable Set<String> types) {

  static Subscription of(Scope scope, SubscribeRequest.Filter filter) {
    Set<EventType> types = filter.types();
    return new Subscription(
        scope,
        filter.tenantId(),
        filter.sandboxId(),
        types == null ? null : types.stream().map(EventType::wire).collect(Collectors.toSet()));
  }

  /** Whether the caller may read anything of the tenant that is asked for. */
  boolean isAllowed() {
    return tenantId == null
        ? !scope.isNone()
        : scope.areas().stream()
            .anyMatch(area -> area.tenantId() == null || area.tenantId().equals(tenantId));
  }

  /** Whether the event goes to this socket. */
  boolean shows(StreamEvent event) {
    return isVisible(event) && isWanted(event);
  }

  /** What concerns the whole fleet is for everybody who may read anything. */
  private boolean isVisible(StreamEvent event) {
    return event.tenantId() == null
        ? !scope.isNone()
        : scope.allows(event.tenantId(), event.environment());
  }

  private boolean isWanted(StreamEvent event) {
    return (tenantId == null || event.tenantId() == null || tenantId.equals(event.tenantId()))
        && (sandboxId == null || sandboxId.equals(event.sandboxId()))
        && (types == null || types.contains(event.type()));
  }
}
