package dev.valet.common.agent;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The contact that an enrolled agent makes at every start, with its credential as bearer token.
 *
 * @param instanceId EC2's id of the instance, read from IMDS; must be the one that enrolled; such
 *     as {@code i-0123456789abcdef0}
 * @param bootId random per agent process, such as {@code 7f9c2ba4e88f827d}
 * @param agentVersion version of the agent, such as {@code 0.1.0}
 */
public record AgentContact(
    @NotNull @Pattern(regexp = "i-[0-9a-f]{8,17}") String instanceId,
    @NotNull @Pattern(regexp = "[0-9A-Za-z-]{16,64}") String bootId,
    @NotNull @Size(min = 1, max = 64) String agentVersion) {}
