package dev.valet.api.platform.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Whether a secret file can be read by more than this process' user. */
public final class FileAccess {
  private static final Path SELF = Path.of("/proc/self");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> GROUP =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);

  private FileAccess() {}

  /**
   * True when the file's mode lets others in. A file of another user may be readable for the group:
   * it could not be read otherwise, and a Kubernetes secret is mounted just so (owner root, group
   * {@code fsGroup}).
   */
  public static boolean openToOthers(Path file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      return containsAny(mode, OTHERS) || (containsAny(mode, GROUP) && ownedByThisProcess(file));
    } catch (UnsupportedOperationException e) {
      return false; // A file system without modes, such as that of a Windows desktop.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean containsAny(
      Set<PosixFilePermission> mode, Set<PosixFilePermission> unwanted) {
    return mode.stream().anyMatch(unwanted::contains);
  }

  private static boolean ownedByThisProcess(Path file) throws IOException {
    return !Files.exists(SELF)
        || Files.getAttribute(file, "unix:uid").equals(Files.getAttribute(SELF, "unix:uid"));
  }
}
