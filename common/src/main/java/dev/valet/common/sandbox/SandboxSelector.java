package dev.valet.common.sandbox;

import dev.valet.common.health.HealthStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which sandboxes: the filters of the list, by the same names and with the same meaning. All that
 * is given must hold; without a phase, terminated ones are left out.
 *
 * @param tag each {@code key:value}; all must match
 * @param q part of a name, an instance id, a private address, or the beginning of an id
 */
public record SandboxSelector(
    @Nullable Environment environment,
    @Nullable Phase phase,
    @Nullable Ec2Status ec2Status,
    @Nullable HealthStatus health,
    @Nullable UUID templateId,
    @Nullable UUID tenantId,
    @Nullable List<String> tag,
    @Nullable String q) {}
