package dev.valet.common.agent;

/**
 * The agent's credential, and what the agent has to know.
 *
 * @param credential bearer credential of this agent for {@code /agent/v1/*}: 1 to 4096 visible
 *     ASCII characters without spaces; kept on the volume (mode 0600), never logged
 * @param config the same as the answer to {@link AgentContact}
 */
public record EnrollResponse(String credential, AgentConfig config) {

  /** Without the credential, so that it cannot slip into a log. */
  @Override
  public String toString() {
    return "EnrollResponse[config=%s]".formatted(config);
  }
}
