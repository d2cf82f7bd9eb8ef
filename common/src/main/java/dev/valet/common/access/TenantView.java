package dev.valet.common.access;

import java.time.Instant;
import java.util.UUID;

/**
 * A tenant: the outermost border of what a caller may see.
 *
 * @param id never changes
 * @param slug short name; never changes; such as {@code web-shop}
 * @param createdAt when it was created
 */
public record TenantView(UUID id, String slug, Instant createdAt) {}
