package dev.valet.common.access;

import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that a person or service was given.
 *
 * @param id never changes
 * @param issuer issuer of the subject's tokens, such as {@code
 *     https://login.example.com/realms/valet}
 * @param subject the issuer's id of the person or service, such as {@code
 *     5a1f0c1e-7f43-4f0b-9d2b-0f3c6c1f8b11}
 * @param role name of the role, such as {@code operator}
 * @param tenantId the only tenant in which it holds; null for all
 * @param environment the only environment in which it holds; null for all
 * @param label who that is, for people; not an identity; such as {@code Ada Lovelace}
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
