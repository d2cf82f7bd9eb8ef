package dev.valet.common.sandbox;

import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which sandboxes: the filters of the list, by the same names and with the same meaning. All that
 * is given must hold; without a phase, terminated ones are left out.
 *
 * @param environment where they belong
 * @param phase where they are
 * @param ec2Status what EC2 says of their instance
 * @param health their verdict
 * @param hatchet how they are connected to the task engine
 * @param templateId what they are made from
 * @param templateVersion the version that they shall be of
 * @param drifted whether they differ from the latest version of their template
 * @param tenantId whose they are
 * @param tag each a key, a colon and a value; all must match, such as {@code ["team:checkout"]}
 * @param q part of a name, an instance id, a private address, or the beginning of an id
 */
public record SandboxSelector(
    @Nullable Environment environment,
    @Nullable Phase phase,
    @Nullable Ec2Status ec2Status,
    @Nullable HealthStatus health,
    @Nullable HatchetState hatchet,
    @Nullable UUID templateId,
    @Nullable @Min(1) Integer templateVersion,
    @Nullable Boolean drifted,
    @Nullable UUID tenantId,
    @Nullable List<String> tag,
    @Nullable String q) {}
