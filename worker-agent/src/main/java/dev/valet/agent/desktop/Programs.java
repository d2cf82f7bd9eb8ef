package dev.valet.agent.desktop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The programs that a desktop is made of.
 *
 * @param xServer Xvfb
 * @param vncServer x11vnc
 * @param binder setpriv, which lets a program die with this one; null where it is missing
 */
record Programs(@Nullable Path xServer, @Nullable Path vncServer, @Nullable Path binder) {
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** What is installed, by the value of {@code PATH}. */
  static Programs find(@Nullable String path) {
    String folders = path == null || path.isBlank() ? USUAL_PATH : path;
    return new Programs(find("Xvfb", folders), find("x11vnc", folders), find("setpriv", folders));
  }

  private static @Nullable Path find(String name, String folders) {
    Optional<Path> found =
        Arrays.stream(folders.split(":"))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElse(null);
  }

  /** What is missing, and how to get it; empty if nothing is. */
  Optional<String> missing() {
    List<String> names = new ArrayList<>();
    if (xServer == null) {
      names.add("Xvfb");
    }
    if (vncServer == null) {
      names.add("x11vnc");
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" and ", names) + " not installed: apt-get install xvfb x11vnc");
  }

  /**
   * The command, such that the kernel ends it when the thread that starts it ends.
   *
   * @param signal with which; a name without SIG, such as {@code KILL}
   */
  List<String> bound(String signal, List<String> command) {
    List<String> words = new ArrayList<>();
    if (binder != null) {
      words.addAll(List.of(binder.toString(), "--pdeathsig", signal, "--"));
    }
    words.addAll(command);
    return words;
  }
}
