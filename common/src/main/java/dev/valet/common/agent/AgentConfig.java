package dev.valet.common.agent;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an enrolled agent is told at every start and whenever it asks again. An agent that gets
 * values out of range, or another sandbox's id, treats the answer as unusable and asks again.
 *
 * @param sandboxId the sandbox that it serves
 * @param capacity tasks at once, 1 to 100
 * @param engines engines that the template declares, such as {@code chromium}
 * @param commandPublicKey Ed25519 public key (X.509, base64) that signs the API's commands
 * @param hatchet the task engine to work for; null when there is none, or none yet
 * @param refreshSeconds when to ask again, from 5 seconds to a day; null leaves it to the agent
 */
public record AgentConfig(
    UUID sandboxId,
    int capacity,
    List<String> engines,
    String commandPublicKey,
    @Nullable HatchetConnection hatchet,
    @Nullable Integer refreshSeconds) {

  /** Without a task engine. */
  public AgentConfig(UUID sandboxId, int capacity, List<String> engines, String commandPublicKey) {
    this(sandboxId, capacity, engines, commandPublicKey, null, null);
  }
}
