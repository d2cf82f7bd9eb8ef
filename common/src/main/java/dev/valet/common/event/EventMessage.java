package dev.valet.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the fleet.
 *
 * @param seq its place in the stream: one more than that of the event before, whoever may see that
 * @param type an {@link EventType}, or one of a newer Valet
 * @param at when the change was made
 * @param tenantId whose it is; null for what concerns the whole fleet
 * @param sandboxId the sandbox that it is about; null for none
 * @param data what changed; depends on the type
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EventMessage(
    long seq,
    String type,
    Instant at,
    @Nullable UUID tenantId,
    @Nullable UUID sandboxId,
    Map<String, @Nullable Object> data) {}
