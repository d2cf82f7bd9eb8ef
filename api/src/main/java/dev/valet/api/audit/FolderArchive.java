package dev.valet.api.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.common.audit.AuditCheckpoint;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps each checkpoint as a file {@code <day>/<seq, 19 digits>.json} of the configured folder, so
 * the last by name is the newest; without such a folder it keeps none.
 */
@ApplicationScoped
class FolderArchive implements CheckpointArchive {
  private final Optional<Path> folder;
  private final ObjectMapper json;

  FolderArchive(AuditConfig config, ObjectMapper json) {
    this.folder = config.checkpointFolder();
    this.json = json;
  }

  @Override
  public Uni<Void> keep(AuditCheckpoint checkpoint) {
    return folder
        .map(path ->
            Uni.createFrom()
                .voidItem()
                .invoke(() -> write(file(path, checkpoint), checkpoint))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static Path file(Path folder, AuditCheckpoint checkpoint) {
    LocalDate day = LocalDate.ofInstant(checkpoint.at(), ZoneOffset.UTC);
    return folder.resolve(day.toString()).resolve("%019d.json".formatted(checkpoint.seq()));
  }

  /** A reader sees the whole file or none. */
  private void write(Path file, AuditCheckpoint checkpoint) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
      Files.writeString(fresh, json.writeValueAsString(checkpoint) + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("A checkpoint could not be kept in " + file, e);
    }
  }
}
