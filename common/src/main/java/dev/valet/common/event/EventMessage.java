package dev.valet.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the fleet.
 *
 * @param seq its place in the stream: one more than that of the event before, whoever may see that;
 *     such as {@code 4711}
 * @param type what it tells, such as {@code sandbox.phase}; ignore what you do not know
 * @param at when the change was made
 * @param tenantId whose it is; null for what concerns the whole fleet
 * @param sandboxId the sandbox that it is about; null for none
 * @param data what changed, depending on the type; such as {@code {"statusVersion": 7, "phase":
 *     "running", "reason": null}}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EventMessage(
    long seq,
    String type,
    Instant at,
    @Nullable UUID tenantId,
    @Nullable UUID sandboxId,
    Map<String, @Nullable Object> data) {}
