package dev.valet.local.ec2.machine;

import dev.valet.local.host.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folders that play volumes, one below {@code volumes} for each. */
final class Volumes {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  Volumes(Path folder) {
    this.folder = folder;
  }

  /** The folder of a volume, which is there afterwards, with what a fresh image has. */
  Path attach(String volumeId) throws IOException {
    Path root = folder.resolve(volumeId);
    PrivateFiles.folder(folder);
    for (String each : List.of("etc", "tmp", "var/lib", "var/log")) {
      Files.createDirectories(root.resolve(each));
    }
    return root;
  }

  /** Removes a volume with all that is on it; links are removed, never followed. */
  void delete(String volumeId) throws IOException {
    Path root = folder.resolve(volumeId);
    if (Files.exists(root)) {
      Files.walkFileTree(root, new Removal());
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
        throws IOException {
      // A folder that its owner locked would keep its contents.
      Files.setPosixFilePermissions(each, OWNER_ONLY);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(each);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(each);
      return FileVisitResult.CONTINUE;
    }
  }
}
