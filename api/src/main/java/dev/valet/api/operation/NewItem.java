package dev.valet.api.operation;

import dev.valet.common.sandbox.Environment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox that a bulk operation is accepted for.
 *
 * @param refusal why it is refused already, null to try it; a refused one is failed from the start
 */
public record NewItem(
    UUID sandboxId,
    @Nullable String name,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    @Nullable String refusal) {}
