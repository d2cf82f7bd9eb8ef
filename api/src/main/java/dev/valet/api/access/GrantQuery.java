package dev.valet.api.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which grants; null matches all.
 *
 * @param subject exactly this subject
 * @param tenantId those that hold in this tenant alone
 * @param role those that give the role of this name
 */
record GrantQuery(@Nullable String subject, @Nullable UUID tenantId, @Nullable String role) {}
