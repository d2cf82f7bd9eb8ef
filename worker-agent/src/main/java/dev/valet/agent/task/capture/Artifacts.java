package dev.valet.agent.task.capture;

import dev.valet.agent.platform.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What tasks made that is too large for their result; kept for a day, if there is room. */
@Singleton
final class Artifacts {
  static final Duration LONGEST = Duration.ofHours(24);
  static final long MOST_BYTES = 512L * 1024 * 1024;

  private final Path folder;
  private final Clock clock;

  @Inject
  Artifacts(Settings settings, Clock clock) {
    this(settings.stateDir().resolve("artifacts"), clock);
  }

  Artifacts(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** A file that is there. */
  record Kept(Path path, long bytes, Instant at) {}

  /** Where the artifact of an attempt goes; makes room first. */
  Path place(String taskRunId, int retry, String ending) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Path old : toRemove(kept(), clock.instant())) {
      Files.deleteIfExists(old);
    }
    return folder.resolve(taskRunId.replaceAll("[^A-Za-z0-9-]", "_") + "-" + retry + "." + ending);
  }

  private List<Kept> kept() throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        kept.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
      }
    }
    return kept;
  }

  /** The old ones, and then the oldest until the rest has room. */
  static List<Path> toRemove(List<Kept> kept, Instant now) {
    List<Path> removed = new ArrayList<>();
    long bytes = 0;
    List<Kept> latestFirst =
        kept.stream().sorted(Comparator.comparing(Kept::at).reversed()).toList();
    for (Kept file : latestFirst) {
      bytes += file.bytes();
      if (bytes > MOST_BYTES || file.at().isBefore(now.minus(LONGEST))) {
        removed.add(file.path());
      }
    }
    return removed;
  }
}
