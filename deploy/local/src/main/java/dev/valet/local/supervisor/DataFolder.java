package dev.valet.local.supervisor;

import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.ProcessRecord;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The data folder while this supervisor holds it; the lock ends with the process, however it ends.
 *
 * @param path the folder, absolute
 * @param lock held until the end
 */
record DataFolder(Path path, FileLock lock) {
  /**
   * Takes the folder, which is made if missing (0700).
   *
   * @return empty if another supervisor holds it
   * @throws StartException if it cannot be used
   */
  static Optional<DataFolder> take(Path folder) {
    Path path = PrivateFiles.folder(folder.toAbsolutePath().normalize());
    if (!Files.isWritable(path)) {
      throw new StartException(
          "The data folder " + path + " cannot be written: use --data with another one");
    }
    PrivateFiles.folder(path.resolve("run"));
    try {
      FileChannel channel =
          FileChannel.open(
              path.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      ProcessRecord.of(ProcessHandle.current().pid())
          .ifPresent(self -> self.write(path.resolve("supervisor.pid")));
      return Optional.of(new DataFolder(path, lock));
    } catch (IOException e) {
      throw new StartException("Cannot lock the data folder " + path + ": " + e, e);
    }
  }
}
