package dev.valet.api.realtime;

import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is fanned out: written as JSON once, for all clients.
 *
 * @param text the message; what else is here decides who gets it
 */
record StreamEvent(
    long seq,
    Instant at,
    String type,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    @Nullable UUID sandboxId,
    String text) {}
