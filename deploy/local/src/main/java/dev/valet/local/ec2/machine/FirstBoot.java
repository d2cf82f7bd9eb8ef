package dev.valet.local.ec2.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a volume boots for the first time: user-data takes effect, once. The mark that
 * it has is on the volume, as with cloud-init, and is set last, so that a crash half-way leads to
 * another first boot.
 */
final class FirstBoot {

  private static final String MARK = "var/lib/cloud/instance/boot-finished";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private final Path root;
  private final Consumer<String> console;

  FirstBoot(Path root, Consumer<String> console) {
    this.root = root;
    this.console = console;
  }

  /** Applies user-data unless that was done before. */
  void run(@Nullable String userData) throws IOException {
    Path mark = root.resolve(MARK);
    if (Files.exists(mark)) {
      return;
    }
    try {
      apply(userData);
    } catch (CloudConfig.Malformed e) {
      console.accept("user-data is ignored: " + e.getMessage());
    }
    Files.createDirectories(parentOf(mark));
    Files.writeString(mark, "");
  }

  private void apply(@Nullable String userData) throws IOException, CloudConfig.Malformed {
    if (userData == null) {
      console.accept("there is no user-data");
      return;
    }
    String text = new String(Base64.getDecoder().decode(userData), StandardCharsets.UTF_8);
    if (!CloudConfig.isCloudConfig(text)) {
      console.accept("user-data is ignored: its first line is not #cloud-config");
      return;
    }
    List<CloudConfig.File> files = CloudConfig.parse(text).files();
    List<Path> targets = new ArrayList<>();
    for (CloudConfig.File file : files) {
      targets.add(inside(file.path()));
    }
    for (int i = 0; i < files.size(); i++) {
      write(files.get(i), targets.get(i));
      console.accept("wrote " + files.get(i).path());
    }
  }

  /** Where a path of the machine lies on its volume; the volume is all that it may touch. */
  private Path inside(String path) throws CloudConfig.Malformed {
    boolean hostile =
        !path.startsWith("/")
            || path.endsWith("/")
            || path.chars().anyMatch(c -> c < 0x20)
            || List.of(path.split("/")).contains("..")
            || List.of(path.split("/")).contains(".");
    Path target = hostile ? root : root.resolve(path.replaceFirst("^/+", "")).normalize();
    if (!target.startsWith(root) || target.equals(root)) {
      throw new CloudConfig.Malformed(
          "write_files wants an absolute path to a file without dots, not '%s'"
              .formatted(path.replaceAll("\\p{Cntrl}", "?")));
    }
    return target;
  }

  private static void write(CloudConfig.File file, Path target) throws IOException {
    Files.createDirectories(parentOf(target));
    if (!file.append()) {
      Files.deleteIfExists(target);
    }
    if (!Files.exists(target)) {
      // Made unreadable for others before there is anything in it.
      Files.createFile(target, PosixFilePermissions.asFileAttribute(PRIVATE));
    }
    Files.write(target, file.content(), StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    Files.setPosixFilePermissions(target, permissions(file.mode()));
  }

  private static Path parentOf(Path target) {
    Path parent = target.getParent();
    return parent == null ? target : parent;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] highToLow = {
      PosixFilePermission.OWNER_READ,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_EXECUTE,
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.GROUP_EXECUTE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.OTHERS_WRITE,
      PosixFilePermission.OTHERS_EXECUTE
    };
    for (int bit = 0; bit < highToLow.length; bit++) {
      if ((mode & (0400 >> bit)) != 0) {
        permissions.add(highToLow[bit]);
      }
    }
    return permissions;
  }
}
