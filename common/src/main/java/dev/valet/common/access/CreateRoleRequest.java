package dev.valet.common.access;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A new role.
 *
 * @param name unique; spelled like a tenant's slug; such as {@code on-call}
 * @param description for people, at most 255 characters, such as {@code Watches and restarts}
 * @param permissions what it allows; at least one, and none that the caller does not hold
 *     everywhere
 */
public record CreateRoleRequest(
    @NotNull @Pattern(regexp = CreateTenantRequest.SLUG, message = CreateTenantRequest.SLUG_MESSAGE) String name,
    @Nullable @Size(max = 255) String description,
    @NotEmpty Set<@NotNull Permission> permissions) {}
