package dev.valet.local.ec2.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which processes are ours, on disk, so that a successor can clean up after a kill -9. A pid alone
 * proves nothing, as it is given out again: the start time in clock ticks and the boot of the
 * kernel go with it.
 */
final class ProcessRecords {

  private static final int START_TIME_FIELD = 22;
  private final Path folder;

  ProcessRecords(Path folder) {
    this.folder = folder;
  }

  /** Remembers a process that has just been started. */
  void add(String instanceId, ProcessHandle process) throws IOException {
    Optional<String> identity = identity(process.pid());
    if (identity.isPresent()) {
      Files.createDirectories(folder);
      Files.writeString(record(instanceId), identity.get());
    }
  }

  void remove(String instanceId) throws IOException {
    Files.deleteIfExists(record(instanceId));
  }

  /** Kills what an earlier run has left behind, and forgets it. */
  void killLeftovers() throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> records = Files.newDirectoryStream(folder, "*.pid")) {
      for (Path record : records) {
        killIfSame(Files.readString(record).strip());
        Files.delete(record);
      }
    }
  }

  private static void killIfSame(String recorded) throws IOException {
    String pid = recorded.split(" ", 2)[0];
    if (!pid.matches("[1-9][0-9]{0,9}")) {
      return;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
    if (process.isPresent() && identity(process.get().pid()).filter(recorded::equals).isPresent()) {
      ProcessTree.kill(process.get());
    }
  }

  private Path record(String instanceId) {
    return folder.resolve(instanceId + ".pid");
  }

  private static Optional<String> identity(long pid) throws IOException {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    } catch (IOException e) {
      return Optional.empty(); // gone already
    }
    // The command's name, the second field, stands in parentheses and may contain anything.
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    String kernelBoot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    return Optional.of(pid + " " + afterName[START_TIME_FIELD - 3] + " " + kernelBoot);
  }
}
