package dev.valet.common.sandbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code PATCH /api/v1/sandboxes/{id}} with {@code If-Match}; what is absent or null stays as it
 * is.
 *
 * @param tags replaces all tags
 */
public record PatchSandboxRequest(
    @Nullable @Pattern(regexp = CreateSandboxRequest.NAME, message = CreateSandboxRequest.NAME_MESSAGE) String name,
    @Nullable @Size(max = 40) Map<String, String> tags,
    @Nullable @Min(1) @Max(100) Integer capacity) {}
