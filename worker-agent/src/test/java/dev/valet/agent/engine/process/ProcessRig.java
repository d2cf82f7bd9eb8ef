package dev.valet.agent.engine.process;

import dev.valet.agent.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Browser processes of a test, with folders of its own. */
public final class ProcessRig {
  public final BrowserUser user;
  public final RunFolders folders;
  public final BrowserLauncher launcher;

  /** Folders below a root that another user can reach. */
  public ProcessRig(Path root) {
    user = new BrowserUser(TestSettings.in(root).settings());
    folders = new RunFolders(root.resolve("b"), user, new Random());
    launcher = new BrowserLauncher(user, new Forker());
  }

  /** A temporary folder that browsers of another user can pass through, with a short name. */
  public static Path shortRoot() throws IOException {
    Path root = Files.createTempDirectory("vb");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    return root;
  }

  public static Optional<Path> find(String program) {
    return Executables.find(program);
  }

  /** Processes of runs below the root. */
  public List<Long> processes() {
    return List.copyOf(ProcessTable.under(folders.root()).keySet());
  }
}
