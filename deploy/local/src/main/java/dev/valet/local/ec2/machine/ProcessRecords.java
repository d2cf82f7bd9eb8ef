package dev.valet.local.ec2.machine;

import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.ProcessRecord;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Which agent processes are ours, on disk, so that a successor can clean up after a kill -9. */
final class ProcessRecords {

  private static final Duration LONGEST_DYING = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final Path folder;

  ProcessRecords(Path folder) {
    this.folder = folder;
  }

  /** Remembers a process that has just been started. */
  void add(String instanceId, ProcessHandle process) {
    PrivateFiles.folder(folder);
    ProcessRecord.of(process.pid()).ifPresent(record -> record.write(file(instanceId)));
  }

  void remove(String instanceId) throws IOException {
    Files.deleteIfExists(file(instanceId));
  }

  /**
   * Kills what an earlier run has left behind, and forgets it.
   *
   * @throws IOException when something of it does not die: its address would not be free
   */
  void killLeftovers() throws IOException {
    PrivateFiles.folder(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pid")) {
      for (Path file : files) {
        Optional<ProcessRecord> leftover = ProcessRecord.read(file).filter(ProcessRecord::isAlive);
        if (leftover.isPresent()) {
          kill(leftover.get());
        }
        Files.delete(file);
      }
    }
  }

  private static void kill(ProcessRecord leftover) throws IOException {
    ProcessHandle.of(leftover.pid()).ifPresent(ProcessTree::kill);
    if (!Waiting.until(LONGEST_DYING, LOOK_AGAIN, () -> !leftover.isAlive())) {
      throw new IOException("Process " + leftover.pid() + " of an earlier run does not die");
    }
  }

  private Path file(String instanceId) {
    return folder.resolve(instanceId + ".pid");
  }
}
