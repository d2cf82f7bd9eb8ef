package dev.valet.common.access;

import dev.valet.common.sandbox.Environment;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/grants}. The same subject, role and scope again is the same grant: its label
 * and end become those of the latest request.
 *
 * @param issuer issuer of the subject's tokens; null for the caller's own
 * @param subject the issuer's id of the person or service (the token's {@code sub})
 * @param role name of the role; the caller must hold each of its permissions in the whole scope
 * @param tenantId the only tenant in which it holds; null for all
 * @param environment the only environment in which it holds; null for all
 * @param label who that is, for people; at most 255 characters
 * @param expiresAt when it ends by itself; null for never
 */
public record CreateGrantRequest(
    @Nullable @Size(min = 1, max = 255) String issuer,
    @NotBlank @Size(max = 255) String subject,
    @NotNull @Size(max = 63) String role,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    @Nullable @Size(max = 255) String label,
    @Nullable Instant expiresAt) {}
