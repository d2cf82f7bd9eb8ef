package dev.valet.common.access;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a role; what is absent or null stays as it is.
 *
 * @param description for people, at most 255 characters, such as {@code Watches and restarts}
 * @param permissions replaces all permissions; none may be added that the caller does not hold
 *     everywhere
 */
public record PatchRoleRequest(
    @Nullable @Size(max = 255) String description,
    @Nullable @Size(min = 1) Set<@NotNull Permission> permissions) {}
