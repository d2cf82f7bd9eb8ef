package dev.valet.agent.hatchet;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.valet.agent.hatchet.wire.StepActionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Results on disk until the engine has accepted them: one synced file each, so that neither a crash
 * nor a power cut loses one. Blocking.
 */
final class ResultStore {
  private static final Logger LOG = Logger.getLogger(ResultStore.class);
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
  private static final String SUFFIX = ".result";

  /** Beyond this the oldest give way. */
  static final int MOST = 1_000;

  private final Path folder;

  ResultStore(Path folder) {
    this.folder = folder;
  }

  /** Keeps a result. */
  void keep(StepActionEvent event) throws IOException {
    Files.createDirectories(folder);
    Path file = file(AttemptKey.of(event));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(event.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Forgets a result. */
  void forget(AttemptKey key) throws IOException {
    Files.deleteIfExists(file(key));
  }

  private Path file(AttemptKey key) throws IOException {
    if (!ID.matcher(key.taskRunId()).matches()) {
      throw new IOException("the engine's id of a task run cannot be a file's name");
    }
    return folder.resolve(key.taskRunId() + "." + key.retry() + SUFFIX);
  }

  /** The results that an earlier process left, oldest first; damaged files are dropped. */
  List<StepActionEvent> left() {
    List<StepActionEvent> results = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> oldestFirst =
          files
              .filter(file -> file.toString().endsWith(SUFFIX))
              .sorted(java.util.Comparator.comparing(ResultStore::modified))
              .toList();
      oldestFirst.forEach(file -> read(file).ifPresent(results::add));
    } catch (IOException e) {
      return List.of(); // no folder, no results
    }
    return results;
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  private static Optional<StepActionEvent> read(Path file) {
    try {
      return Optional.of(StepActionEvent.parseFrom(Files.readAllBytes(file)));
    } catch (InvalidProtocolBufferException e) {
      LOG.warnf("%s is damaged and dropped: a result is lost", file);
    } catch (IOException e) {
      LOG.warnf("%s cannot be read and is left alone: %s", file, e.getMessage());
      return Optional.empty();
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warnf("%s cannot be removed: %s", file, e.getMessage());
    }
    return Optional.empty();
  }
}
