package dev.valet.common.agent;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Exchanges the one-use bootstrap token for the agent's credential.
 *
 * @param sandboxId the sandbox that the user-data names
 * @param bootstrapToken the token out of the user-data, such as {@code
 *     c2FtcGxlLWJvb3RzdHJhcC10b2tlbg}
 * @param instanceId EC2's id of the instance, read from IMDS, such as {@code i-0123456789abcdef0}
 * @param bootId random per agent process, 16 to 64 of {@code [0-9A-Za-z-]}; also in {@code
 *     /health}; such as {@code 7f9c2ba4e88f827d}
 * @param agentVersion version of the agent, such as {@code 0.1.0}
 */
public record EnrollRequest(
    @NotNull UUID sandboxId,
    @NotNull @Size(min = 16, max = 128) String bootstrapToken,
    @NotNull @Pattern(regexp = "i-[0-9a-f]{8,17}") String instanceId,
    @NotNull @Pattern(regexp = "[0-9A-Za-z-]{16,64}") String bootId,
    @NotNull @Size(min = 1, max = 64) String agentVersion) {

  /** Without the token, so that it cannot slip into a log. */
  @Override
  public String toString() {
    return "EnrollRequest[sandboxId=%s, instanceId=%s, bootId=%s, agentVersion=%s]"
        .formatted(sandboxId, instanceId, bootId, agentVersion);
  }
}
