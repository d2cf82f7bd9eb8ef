package dev.valet.e2e.bench;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processor time that a program and its children have used. Unlike latency it hardly depends on
 * what else the machine does.
 */
record CpuTime(ProcessHandle program) {
  private static final double NANOS = 1e6;

  Duration used() {
    return Stream.concat(Stream.of(program), program.descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Milliseconds per request since then. */
  double perRequest(Duration before, int requests) {
    return used().minus(before).toNanos() / NANOS / requests;
  }

  static CpuTime of(@Nullable ProcessHandle program) {
    return new CpuTime(Objects.requireNonNull(program));
  }
}
