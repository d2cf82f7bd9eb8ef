package dev.valet.local.supervisor;

import dev.valet.local.host.ProcessRecord;
import dev.valet.local.host.StartException;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processes that an earlier run left behind, because it was killed and could not take them along.
 */
final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(20);

  private Leftovers() {}

  /**
   * Kills every process that a record in this folder names and that still lives, and waits until
   * they are gone and their ports are free.
   */
  static void kill(Path records) {
    List<ProcessRecord> alive = alive(records);
    alive.forEach(ProcessRecord::kill);
    if (!Waiting.until(LIMIT, POLL, () -> alive.stream().noneMatch(ProcessRecord::isAlive))) {
      throw new StartException("Processes of an earlier run cannot be killed: " + alive);
    }
  }

  private static List<ProcessRecord> alive(Path records) {
    try (Stream<Path> files = Files.list(records)) {
      return files
          .filter(file -> file.toString().endsWith(".pid"))
          .map(ProcessRecord::read)
          .flatMap(Optional::stream)
          .filter(ProcessRecord::isAlive)
          .toList();
    } catch (IOException e) {
      throw new StartException("Cannot read " + records + ": " + e, e);
    }
  }
}
