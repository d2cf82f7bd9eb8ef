package dev.valet.common.sandbox;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The version and parameters to bring a sandbox to.
 *
 * @param templateVersion newer or older than the present one; null for the latest
 * @param parameters new values by name, the others stay; null keeps all. A value that the present
 *     version's default gave follows the new version's default, and one that the new version does
 *     not declare is dropped; such as {@code {"locale": "de-DE"}}
 * @param force true to go on at once although tasks run; null for false
 */
public record UpgradeSandboxRequest(
    @Nullable @Min(1) Integer templateVersion,
    @Nullable @Size(max = 50) Map<String, Object> parameters,
    @Nullable Boolean force) {}
