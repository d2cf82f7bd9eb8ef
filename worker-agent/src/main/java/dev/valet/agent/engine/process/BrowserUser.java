package dev.valet.agent.engine.process;

import dev.valet.agent.platform.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As whom browsers run: as the agent's own user, but never as root where that can be helped. A
 * browser's sandbox refuses root, and a page that breaks out of it should not be root.
 */
@Singleton
public final class BrowserUser {
  /** Nobody: owns no file and may do nothing. */
  static final int NOBODY = 65_534;

  private final boolean root;
  private final boolean sandboxed;
  private final @Nullable Path setpriv;

  @Inject
  BrowserUser(Settings settings) {
    this(isRoot(), settings.browsers().sandboxed(), Executables.find("setpriv").orElse(null));
  }

  BrowserUser(boolean root, boolean sandboxed, @Nullable Path setpriv) {
    this.root = root;
    this.sandboxed = sandboxed;
    this.setpriv = setpriv;
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Why no browser can run, with the remedy; null if one can. */
  public @Nullable String obstacle() {
    return root && setpriv == null && sandboxed
        ? "the agent is root and cannot run a browser as another user: install setpriv"
            + " (util-linux), or run the agent as another user"
        : null;
  }

  /** What people should know; null for nothing. */
  public @Nullable String warning() {
    if (sandboxed) {
      return null;
    }
    return runsAsRoot()
        ? "runs as root without its sandbox (VALET_BROWSER_SANDBOX=off)"
        : "runs without its sandbox (VALET_BROWSER_SANDBOX=off)";
  }

  /** Whether browsers use their own sandbox. */
  public boolean sandboxed() {
    return sandboxed;
  }

  private boolean runsAsRoot() {
    return root && setpriv == null;
  }

  /** Whether browsers run as another user than the agent. */
  boolean isAnother() {
    return root && setpriv != null;
  }

  /** The command, run as that user and killed by the kernel if the agent ends before it. */
  List<String> command(List<String> browser) {
    List<String> words = new ArrayList<>();
    if (setpriv != null) {
      words.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL"));
      if (root) {
        words.addAll(
            List.of("--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups", "--"));
      } else {
        words.add("--");
      }
    }
    words.addAll(browser);
    return words;
  }
}
