package dev.valet.agent.task;

import java.time.Duration;

/**
 * One kind of task that this agent can do.
 *
 * @param name {@code [a-z0-9][a-z0-9._-]*}
 * @param timeout limit of one attempt
 * @param retries how often a failed attempt is repeated
 * @param slots how much of the agent's capacity one attempt takes, from 1
 * @param handler does it
 */
public record TaskDefinition(
    String name, Duration timeout, int retries, int slots, TaskHandler handler) {}
