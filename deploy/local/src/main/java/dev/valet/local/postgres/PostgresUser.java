package dev.valet.local.postgres;

import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.Commands;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * As whom PostgreSQL runs. It refuses to run as root, so root hands it a user namespace of its own
 * (the files stay root's) or, where the kernel forbids that, the user {@code nobody}.
 */
enum PostgresUser {
  /** As the user who started us. */
  SELF(List.of()),
  /** Root, in a user namespace in which it is not root. */
  NAMESPACE(List.of("unshare", "-U")),
  /** Root without user namespaces: as user and group 65534. */
  NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

  private static final int NOBODY_ID = 65_534;

  private final List<String> prefix;

  PostgresUser(List<String> prefix) {
    this.prefix = prefix;
  }

  /** Finds out what this machine allows. */
  static PostgresUser here() {
    return choose(
        isRoot(), Commands.succeeds("unshare", "-U", "true"), Commands.succeeds("setpriv", "-V"));
  }

  /** The choice, given what the machine allows. */
  static PostgresUser choose(boolean root, boolean namespaces, boolean setpriv) {
    if (!root) {
      return SELF;
    }
    if (namespaces) {
      return NAMESPACE;
    }
    if (setpriv) {
      return NOBODY;
    }
    throw new StartException(
        "PostgreSQL does not run as root and this machine has neither user namespaces nor setpriv:"
            + " start Valet as an ordinary user");
  }

  /** A command of PostgreSQL's, to be run to its end. */
  List<String> command(Path program, List<String> arguments) {
    return assemble(List.of(), program, arguments);
  }

  /**
   * The server's command: it shuts down fast (SIGINT) when we die. The signal is set last, because
   * the kernel clears it when a process changes its user.
   */
  List<String> server(Path program, List<String> arguments) {
    return assemble(ChildProcesses.bound("INT"), program, arguments);
  }

  private List<String> assemble(List<String> last, Path program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(last);
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }

  /**
   * Gives files and folders to the user that PostgreSQL will run as.
   *
   * @param programs where PostgreSQL's programs lie
   * @param folder the folder that holds what is given; it becomes enterable for that user
   * @throws StartException if that user cannot reach the folder or the programs
   */
  void give(Path programs, Path folder, Path... given) {
    if (this != NOBODY) {
      return;
    }
    try {
      letOthersEnter(folder);
      requireTraversable(programs);
      requireTraversable(folder);
      for (Path path : given) {
        Files.walkFileTree(path, new GiveToNobody());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot give " + folder + " to user " + NOBODY_ID, e);
    }
  }

  private static void letOthersEnter(Path folder) throws IOException {
    Set<PosixFilePermission> rights = new HashSet<>(Files.getPosixFilePermissions(folder));
    if (rights.add(PosixFilePermission.OTHERS_EXECUTE)) {
      Files.setPosixFilePermissions(folder, rights);
    }
  }

  private static void requireTraversable(Path folder) {
    for (Path p = folder.toAbsolutePath(); p != null; p = p.getParent()) {
      if (!mayEnter(p)) {
        throw new StartException(
            "PostgreSQL does not run as root and, as nobody, may not enter "
                + p
                + ": start Valet as an ordinary user, or use --data and XDG_CACHE_HOME in folders"
                + " that everybody may enter, such as /var/lib/valet and /var/cache");
      }
    }
  }

  private static boolean mayEnter(Path folder) {
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
      return rights.contains(PosixFilePermission.OTHERS_EXECUTE);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static final class GiveToNobody extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return give(folder);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      return give(file);
    }

    private static FileVisitResult give(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", NOBODY_ID, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      return FileVisitResult.CONTINUE;
    }
  }
}
