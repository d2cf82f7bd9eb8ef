package dev.valet.api.sandbox;

import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.Phase;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which sandboxes a list shows; all that is set must hold.
 *
 * @param phase null shows all but the terminated ones
 * @param templateVersion the version that it shall be of
 * @param drifted whether it differs from the latest version of its template
 * @param tags every one must be there with this value
 * @param text what {@link SearchText} makes of it
 */
record SandboxFilter(
    @Nullable Environment environment,
    @Nullable Phase phase,
    @Nullable Ec2Status ec2Status,
    @Nullable HealthStatus health,
    @Nullable HatchetState hatchet,
    @Nullable UUID templateId,
    @Nullable Integer templateVersion,
    @Nullable Boolean drifted,
    @Nullable UUID tenantId,
    Map<String, String> tags,
    @Nullable String text) {}
