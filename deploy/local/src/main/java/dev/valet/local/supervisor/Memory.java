package dev.valet.local.supervisor;

import dev.valet.local.host.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Whether this machine has the memory for as many sandboxes. */
final class Memory {
  private static final long MIB = 1L << 20;
  private static final long BASE_MIB = 900;
  private static final long SANDBOX_MIB = 130;
  private static final long HATCHET_MIB = 200;

  private Memory() {}

  /**
   * @throws StartException if too little is free; the message says how many sandboxes would fit
   */
  static void requireFor(int sandboxes, boolean hatchet) {
    OptionalLong free = freeMib();
    if (free.isPresent()) {
      require(sandboxes, free.getAsLong() - (hatchet ? HATCHET_MIB : 0));
    }
  }

  static void require(int sandboxes, long freeMib) {
    long needed = BASE_MIB + SANDBOX_MIB * sandboxes;
    if (sandboxes > 0 && freeMib < needed) {
      long fit = Math.max(0, (freeMib - BASE_MIB) / SANDBOX_MIB);
      throw new StartException(
          "%d sandboxes need about %d MiB and %d MiB are free: use --sandboxes %d, or free some memory"
              .formatted(sandboxes, needed, freeMib, fit));
    }
  }

  /** The least of what the machine and a container's limit leave. */
  private static OptionalLong freeMib() {
    OptionalLong machine = machineFree();
    OptionalLong container = containerFree();
    if (machine.isEmpty() || container.isEmpty()) {
      return machine;
    }
    return OptionalLong.of(Math.min(machine.getAsLong(), container.getAsLong()));
  }

  private static OptionalLong machineFree() {
    try {
      return Files.readAllLines(Path.of("/proc/meminfo")).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong containerFree() {
    try {
      long limit = Long.parseLong(read("memory.max"));
      return OptionalLong.of((limit - Long.parseLong(read("memory.current"))) / MIB);
    } catch (IOException | NumberFormatException e) { // no container, or "max": no limit
      return OptionalLong.empty();
    }
  }

  private static String read(String name) throws IOException {
    return Files.readString(Path.of("/sys/fs/cgroup", name)).strip();
  }
}
