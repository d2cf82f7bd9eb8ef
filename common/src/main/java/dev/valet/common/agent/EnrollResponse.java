package dev.valet.common.agent;

/**
 * Answer to {@link EnrollRequest}.
 *
 * @param credential bearer credential of this agent for {@code /agent/v1/*}; kept on the volume
 *     (mode 0600), never logged
 * @param config the same as the answer to {@link AgentContact}
 */
public record EnrollResponse(String credential, AgentConfig config) {}
