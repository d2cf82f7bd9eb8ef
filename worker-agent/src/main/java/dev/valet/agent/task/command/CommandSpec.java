package dev.valet.agent.task.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task that is a program.
 *
 * @param name of the task
 * @param command executable and arguments; no shell reads them
 * @param engine browser engine that it uses; null for none
 * @param slots of the agent's capacity
 * @param timeout limit of one attempt
 * @param retries how often a failed attempt is repeated
 * @param environment additional variables
 * @param folder where it runs
 * @param outputLimit longest output, in bytes
 */
record CommandSpec(
    String name,
    List<String> command,
    @Nullable String engine,
    int slots,
    Duration timeout,
    int retries,
    Map<String, String> environment,
    Path folder,
    int outputLimit) {
  static final int MAX_OUTPUT = 1 << 20;
}
