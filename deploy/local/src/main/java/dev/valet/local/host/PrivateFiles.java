package dev.valet.local.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders that only their owner may read. */
public final class PrivateFiles {
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /**
   * Makes a folder (0700) and its parents unless it is there already; one that is there keeps its
   * rights.
   *
   * @throws StartException if it cannot be made or is not a folder
   */
  public static Path folder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(folder, FOLDER);
      }
      return folder;
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(folder)) {
        return folder; // a twin was faster
      }
      throw new StartException(folder + " is in the way: it must be a folder", e);
    } catch (IOException e) {
      throw new StartException("Cannot make the folder " + folder + ": " + e, e);
    }
  }

  /**
   * Writes a file (0600) so that a reader or a crash sees the old or the new text, never a part.
   */
  public static void write(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, FILE);
      Files.writeString(fresh, text);
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /**
   * Removes a file or a folder with all in it, as far as that is possible; links are not followed.
   */
  public static void deleteTree(Path path) {
    if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> children = Files.list(path)) {
        children.forEach(PrivateFiles::deleteTree);
      } catch (IOException | UncheckedIOException e) {
        return;
      }
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What cannot be removed stays; the caller only tidies up.
    }
  }
}
