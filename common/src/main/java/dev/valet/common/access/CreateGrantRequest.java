package dev.valet.common.access;

import dev.valet.common.sandbox.Environment;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role for a person or service. The same subject, role and scope again is the same grant: its
 * label and end become those of the latest request.
 *
 * @param issuer issuer of the subject's tokens; null for the caller's own; such as {@code
 *     https://login.example.com/realms/valet}
 * @param subject the issuer's id of the person or service (the {@code sub} of the token), such as
 *     {@code 5a1f0c1e-7f43-4f0b-9d2b-0f3c6c1f8b11}
 * @param role name of the role; the caller must hold each of its permissions in the whole scope;
 *     such as {@code viewer}
 * @param tenantId the only tenant in which it holds; null for all
 * @param environment the only environment in which it holds; null for all
 * @param label who that is, for people, at most 255 characters, such as {@code Ada Lovelace}
 * @param expiresAt when it ends by itself; null for never; such as {@code 2099-12-31T00:00:00Z}
 */
public record CreateGrantRequest(
    @Nullable @Size(min = 1, max = 255) String issuer,
    @NotBlank @Size(max = 255) String subject,
    @NotNull @Size(max = 63) String role,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    @Nullable @Size(max = 255) String label,
    @Nullable Instant expiresAt) {}
