package dev.valet.common.event;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client of {@code /api/v1/events} sends: which events it wants, and from where on.
 *
 * @param subscribe which events; an empty object for all that it may see
 * @param after the last {@code seq} that it has; null to start with what comes next
 * @param stream the stream that {@code after} belongs to; checked if given
 */
public record SubscribeRequest(
    @Nullable Filter subscribe, @Nullable Long after, @Nullable UUID stream) {

  /**
   * Which events; what is null does not narrow.
   *
   * @param tenantId of this tenant only
   * @param sandboxId of this sandbox only
   * @param types of these types only
   */
  public record Filter(
      @Nullable UUID tenantId, @Nullable UUID sandboxId, @Nullable Set<EventType> types) {}
}
