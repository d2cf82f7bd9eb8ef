package dev.valet.common.sandbox;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The instance to adopt.
 *
 * @param instanceId EC2's id of an instance in Valet's account and region; such as {@code
 *     i-0123456789abcdef0}
 * @param name unique among the living of its tenant and environment, case ignored; such as {@code
 *     checkout-1}
 * @param environment where it belongs; chosen for good
 * @param templateId what a later instance of this sandbox is launched from; its latest version
 * @param tenantId null for the caller's only tenant, or the default one
 * @param tags for people and filters; also set on the instance, beside the tags that it has; at
 *     most 40, such as {@code {"team": "checkout"}}
 */
public record ImportSandboxRequest(
    @NotNull @Pattern(regexp = INSTANCE_ID, message = INSTANCE_ID_MESSAGE) String instanceId,
    @NotNull @Pattern(regexp = CreateSandboxRequest.NAME, message = CreateSandboxRequest.NAME_MESSAGE) String name,
    @NotNull Environment environment,
    @NotNull UUID templateId,
    @Nullable UUID tenantId,
    @Nullable @Size(max = 40) Map<String, String> tags) {

  /** Form of an instance id. */
  public static final String INSTANCE_ID = "i-([0-9a-f]{8}|[0-9a-f]{17})";

  /** What another form is answered with. */
  public static final String INSTANCE_ID_MESSAGE =
      "must be the id of an instance: i- and 8 or 17 hexadecimal digits";
}
