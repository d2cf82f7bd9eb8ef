package dev.valet.agent.engine.process;

import dev.valet.agent.platform.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A folder for each running browser, with its profile and all that it writes. It lies in the
 * agent's state folder, or in the temporary one where a browser could not use that: when it runs as
 * another user, or when the path is too long for the sockets that browsers make.
 */
@Singleton
public final class RunFolders {
  /** The longest that leaves room for Chromium's socket within the 107 bytes of an address. */
  private static final int LONGEST_ROOT = 40;

  private static final int NAME_BYTES = 4;

  private final Path root;
  private final BrowserUser user;
  private final RandomGenerator random;

  @Inject
  RunFolders(Settings settings, BrowserUser user, RandomGenerator random) {
    this(root(settings, user), user, random);
  }

  RunFolders(Path root, BrowserUser user, RandomGenerator random) {
    this.root = root;
    this.user = user;
    this.random = random;
  }

  private static Path root(Settings settings, BrowserUser user) {
    Path inState = settings.stateDir().resolve("browsers");
    if (!user.isAnother() && inState.toString().length() <= LONGEST_ROOT) {
      return inState;
    }
    String id = settings.sandboxId().toString();
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
        .resolve("valet-" + id.substring(id.length() - 12));
  }

  /** Where all of them are. */
  public Path root() {
    return root;
  }

  /** A name that no run has. */
  public String freshName(String engine) {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return engine + "-" + HexFormat.of().formatHex(name);
  }

  /** The engine that made a name. */
  public static String engineOf(String name) {
    int dash = name.lastIndexOf('-');
    return dash < 0 ? name : name.substring(0, dash);
  }

  /** Makes the folder of a run, for the browsers' user alone. */
  public Path create(String name) throws IOException {
    makeRoot();
    Path folder = root.resolve(name);
    for (Path made : new Path[] {folder, folder.resolve("home"), folder.resolve("t")}) {
      Files.createDirectory(
          made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      giveTo(made);
    }
    return folder;
  }

  /** Writes a file for the browsers' user, with the folders that it lies in. */
  public void write(Path run, String file, String text) throws IOException {
    Path path = run.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    Path made = run;
    for (Path step : run.relativize(path)) {
      made = made.resolve(step);
      giveTo(made);
    }
  }

  /** Hands a file or folder to the browsers' user. */
  private void giveTo(Path file) throws IOException {
    if (user.isAnother()) {
      Files.setAttribute(file, "unix:uid", BrowserUser.NOBODY);
      Files.setAttribute(file, "unix:gid", BrowserUser.NOBODY);
    }
  }

  /** The temporary folder is everybody's: what lies there by that name must be ours. */
  private void makeRoot() throws IOException {
    String mode = user.isAnother() ? "rwx--x--x" : "rwx------";
    Files.createDirectories(root.getParent());
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(root);
    }
    boolean ours =
        Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(root, LinkOption.NOFOLLOW_LINKS)
                .equals(Files.getOwner(Path.of("/proc/self")));
    if (!ours) {
      throw new IOException(root + " belongs to somebody else");
    }
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(mode));
  }

  /** Names of all runs that have a folder. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    Executables.entries(root).forEach(entry -> names.add(entry.getFileName().toString()));
    return names;
  }

  /** The folder of a run. */
  public Path of(String name) {
    return root.resolve(name);
  }

  /** Removes it as far as that goes; whatever is left is found later. */
  public void remove(String name) {
    try {
      Files.walkFileTree(of(name), new Removal());
    } catch (IOException e) {
      // A process that is just ending may still write; the next round finds it.
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return delete(folder);
    }

    private static FileVisitResult delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // As above.
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
