package dev.valet.api.agent;

/**
 * Where an agent answers, and which of its processes is meant.
 *
 * @param address IP address of the sandbox
 * @param port the agent's port
 * @param bootId of the process that made contact last
 */
public record AgentEndpoint(String address, int port, String bootId) {}
