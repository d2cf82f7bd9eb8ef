package dev.valet.local.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One process for all time: its number alone is given to another process sooner or later, so its
 * start and the machine's boot belong to it.
 *
 * @param pid its number
 * @param start its start in clock ticks since the boot
 * @param boot the boot's random id
 */
public record ProcessRecord(long pid, long start, String boot) {
  /** The fields of /proc/PID/stat after the name; the start is the 20th of them. */
  private static final int START_FIELD = 19;

  /** The living process of that number, if there is one. */
  public static Optional<ProcessRecord> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name stands in parentheses and may itself hold spaces and parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      boolean zombie = fields[0].equals("Z");
      return zombie
          ? Optional.empty()
          : Optional.of(new ProcessRecord(pid, Long.parseLong(fields[START_FIELD]), boot));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** What a file remembers, if it is there and whole. */
  public static Optional<ProcessRecord> read(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      return words.length != 3
          ? Optional.empty()
          : Optional.of(
              new ProcessRecord(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Remembers it in a file. */
  public void write(Path file) {
    PrivateFiles.write(file, String.join(" ", List.of("" + pid, "" + start, boot)) + "\n");
  }

  /** Whether this very process still lives. */
  public boolean isAlive() {
    return of(pid).equals(Optional.of(this));
  }

  /** Kills it (SIGKILL) if it still lives; another process of the same number is left alone. */
  public void kill() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
