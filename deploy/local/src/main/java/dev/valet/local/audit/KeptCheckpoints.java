package dev.valet.local.audit;

import dev.valet.common.audit.AuditCheckpoint;
import dev.valet.common.audit.AuditFinding;
import dev.valet.common.audit.CheckpointKeys;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints that were kept outside of the database.
 *
 * @param good those with a right signature
 * @param bad what is wrong with the others
 */
record KeptCheckpoints(List<AuditCheckpoint> good, List<AuditFinding> bad) {

  /** The checkpoints that the options name; none if they name none and the data folder has none. */
  static KeptCheckpoints of(VerifyOptions options) {
    Path kept = options.checkpoint();
    Path folder = kept == null ? options.data().resolve("audit-checkpoints") : kept;
    if (kept == null && (options.export() != null || !Files.isDirectory(folder))) {
      return new KeptCheckpoints(List.of(), List.of());
    }
    return judged(read(folder), keys(options));
  }

  /** The one that says most. */
  @Nullable AuditCheckpoint latest() {
    return good.stream().max(Comparator.comparingLong(AuditCheckpoint::seq)).orElse(null);
  }

  private static KeptCheckpoints judged(List<AuditCheckpoint> all, CheckpointKeys keys) {
    List<AuditCheckpoint> good = new ArrayList<>();
    List<AuditFinding> bad = new ArrayList<>();
    for (AuditCheckpoint one : all) {
      Optional.ofNullable(keys.fault(one)).ifPresentOrElse(bad::add, () -> good.add(one));
    }
    return new KeptCheckpoints(good, bad);
  }

  private static CheckpointKeys keys(VerifyOptions options) {
    Path named = options.publicKey();
    Path file = named == null ? options.data().resolve("audit.pub") : named;
    try {
      return CheckpointKeys.ofPem(Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException(
          "cannot read the public key of checkpoints from "
              + file
              + " ("
              + e.getMessage()
              + "): name it with --public-key",
          e);
    }
  }

  /** A file with one or more; of a folder of days, the newest file. */
  private static List<AuditCheckpoint> read(Path path) {
    try {
      Path file = Files.isDirectory(path) ? newest(path) : path;
      return file == null
          ? List.of()
          : Json.MAPPER
              .readerFor(AuditCheckpoint.class)
              .<AuditCheckpoint>readValues(file.toFile())
              .readAll();
    } catch (IOException e) {
      throw new StartException("cannot read checkpoints from " + path + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Path newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .max(Comparator.comparing(file -> file.getFileName().toString()))
          .orElse(null);
    }
  }
}
