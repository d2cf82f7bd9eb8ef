package dev.valet.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process takes of the machine at one moment.
 *
 * @param residentMib memory
 * @param threads threads
 * @param files open files and sockets
 * @param cpu processor time since its start
 */
record Footprint(double residentMib, int threads, long files, Duration cpu) {
  private static final double KIB_PER_MIB = 1024;

  static Footprint of(Process process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      return new Footprint(
          number(proc, "VmRSS") / KIB_PER_MIB,
          (int) number(proc, "Threads"),
          open.count(),
          process.info().totalCpuDuration().orElse(Duration.ZERO));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Path proc, String name) throws IOException {
    return Files.readAllLines(proc.resolve("status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
