package dev.valet.common.access;

import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that a person or service was given.
 *
 * @param id never changes
 * @param issuer issuer of the subject's tokens
 * @param subject the issuer's id of the person or service
 * @param role name of the role
 * @param tenantId the only tenant in which it holds; null for all
 * @param environment the only environment in which it holds; null for all
 * @param label who that is, for people; not an identity
 * @param expiresAt when it ends by itself; null if it does not
 * @param createdAt when it was given
 */
public record GrantView(
    UUID id,
    String issuer,
    String subject,
    String role,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    @Nullable String label,
    @Nullable Instant expiresAt,
    Instant createdAt) {}
