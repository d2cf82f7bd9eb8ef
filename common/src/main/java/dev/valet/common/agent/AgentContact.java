package dev.valet.common.agent;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * {@code POST /agent/v1/config} with {@code Authorization: Bearer <credential>}: the contact that
 * an enrolled agent makes at every start. The answer is an {@link AgentConfig}.
 *
 * @param instanceId EC2's id of the instance, read from IMDS; must be the one that enrolled
 * @param bootId random per agent process
 * @param agentVersion version of the agent
 */
public record AgentContact(
    @NotNull @Pattern(regexp = "i-[0-9a-f]{8,17}") String instanceId,
    @NotNull @Pattern(regexp = "[0-9A-Za-z-]{16,64}") String bootId,
    @NotNull @Size(min = 1, max = 64) String agentVersion) {}
