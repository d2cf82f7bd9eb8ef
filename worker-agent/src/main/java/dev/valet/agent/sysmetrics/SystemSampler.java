package dev.valet.agent.sysmetrics;

import dev.valet.agent.platform.Settings;
import dev.valet.common.health.AgentHealth.Usage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes samples. Blocking, as a dying disk can block: never call it on an event loop. */
@Singleton
public final class SystemSampler {
  private final Path proc;
  private final Path stateDir;
  private final Clock clock;
  private @Nullable CpuTimes before;

  @Inject
  SystemSampler(Settings settings, Clock clock) {
    this(Path.of("/proc"), settings.stateDir(), clock);
  }

  SystemSampler(Path proc, Path stateDir, Clock clock) {
    this.proc = proc;
    this.stateDir = stateDir;
    this.clock = clock;
  }

  /** Reads everything once. Calls must not overlap. */
  public synchronized SystemSample sample() {
    String status = read("self/status");
    return new SystemSample(
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        cpuShare(),
        ProcText.memory(read("meminfo")).orElse(null),
        disk().orElse(null),
        ProcText.number(status, "VmRSS").orElse(0) * 1024,
        ProcText.number(status, "Threads").orElse(0));
  }

  private @Nullable Double cpuShare() {
    CpuTimes earlier = before;
    CpuTimes now = read("stat").lines().findFirst().flatMap(CpuTimes::parse).orElse(null);
    before = now;
    if (now == null || earlier == null) {
      return null;
    }
    var share = now.shareSince(earlier);
    return share.isPresent() ? share.getAsDouble() : null;
  }

  private Optional<Usage> disk() {
    File folder = existingPart(stateDir).toFile();
    long total = folder.getTotalSpace();
    return total == 0
        ? Optional.empty()
        : Optional.of(new Usage(Math.max(0, total - folder.getUsableSpace()), total));
  }

  /** The folder is made by the first write; until then its parent tells the file system. */
  private static Path existingPart(Path folder) {
    Path part = folder;
    while (!Files.exists(part) && part.getParent() != null) {
      part = part.getParent();
    }
    return part;
  }

  private String read(String file) {
    try {
      return Files.readString(proc.resolve(file));
    } catch (IOException e) {
      return "";
    }
  }
}
