package dev.valet.common.sandbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox to create.
 *
 * @param name unique among the living of its tenant and environment, case ignored; such as {@code
 *     checkout-1}
 * @param environment where it belongs; chosen for good
 * @param templateId what it is made from
 * @param templateVersion null for the latest
 * @param tenantId null for the caller's only tenant, or the default one
 * @param parameters values for the template's parameters by name; null for all defaults
 * @param tags for people and filters; also set on the instance; at most 40, such as {@code {"team":
 *     "checkout"}}
 * @param capacity tasks at once; null for the template's
 */
public record CreateSandboxRequest(
    @NotNull @Pattern(regexp = NAME, message = NAME_MESSAGE) String name,
    @NotNull Environment environment,
    @NotNull UUID templateId,
    @Nullable @Min(1) Integer templateVersion,
    @Nullable UUID tenantId,
    @Nullable @Size(max = 50) Map<String, Object> parameters,
    @Nullable @Size(max = 40) Map<String, String> tags,
    @Nullable @Min(1) @Max(100) Integer capacity) {

  /** A name: 1 to 63 letters, digits, dots, dashes, underscores; first and last alphanumeric. */
  public static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";

  /** What a wrong name is answered with. */
  public static final String NAME_MESSAGE =
      "must be 1 to 63 letters, digits, '.', '_' or '-', and begin and end with a letter or digit";
}
