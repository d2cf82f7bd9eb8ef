package dev.valet.common.agent;

import java.util.List;
import java.util.UUID;

/**
 * What an enrolled agent is told at every start. An agent that gets values out of range, or another
 * sandbox's id, treats the answer as unusable and asks again.
 *
 * @param sandboxId the sandbox that it serves
 * @param capacity tasks at once, 1 to 100
 * @param engines engines that the template declares, such as {@code chromium}
 * @param commandPublicKey Ed25519 public key (X.509, base64) that signs the API's commands
 */
public record AgentConfig(
    UUID sandboxId, int capacity, List<String> engines, String commandPublicKey) {}
