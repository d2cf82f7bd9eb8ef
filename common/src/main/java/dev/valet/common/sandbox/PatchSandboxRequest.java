package dev.valet.common.sandbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a sandbox; what is absent or null stays as it is.
 *
 * @param name unique among the living of its tenant and environment, case ignored; such as {@code
 *     checkout-2}
 * @param tags replaces all tags; at most 40, such as {@code {"team": "checkout"}}
 * @param capacity tasks at once; reaches the agent at its next boot
 */
public record PatchSandboxRequest(
    @Nullable @Pattern(regexp = CreateSandboxRequest.NAME, message = CreateSandboxRequest.NAME_MESSAGE) String name,
    @Nullable @Size(max = 40) Map<String, String> tags,
    @Nullable @Min(1) @Max(100) Integer capacity) {}
