package dev.valet.agent.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which processes belong to which run. The first process of a run leads a session and carries the
 * run's folder in its environment, which its children inherit. That still tells whose they are when
 * the agent that started them is long dead. Chromium's children overwrite their environment, but
 * stay in the session; its crash handler leaves the session, but keeps the environment.
 */
public final class ProcessTable {
  static final String MARK = "VALET_BROWSER_RUN";

  private static final Path PROC = Path.of("/proc");
  private static final int SESSION = 3;

  private ProcessTable() {}

  /** Process ids by the names of their runs, for all runs under that root. */
  public static Map<Long, String> under(Path root) {
    Map<Long, String> found = new HashMap<>();
    runs()
        .forEach((pid, run) -> {
          if (root.equals(run.getParent())) {
            found.put(pid, run.getFileName().toString());
          }
        });
    return found;
  }

  /** Process ids of one run. */
  public static Set<Long> of(Path run) {
    Map<Long, Path> all = runs();
    all.values().retainAll(Set.of(run));
    return all.keySet();
  }

  /** Ends them at once. */
  public static void kill(Collection<Long> pids) {
    pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  private static Map<Long, Path> runs() {
    Map<Long, Path> marked = new HashMap<>();
    List<Long> all = all();
    all.forEach(pid -> mark(pid).ifPresent(run -> marked.put(pid, run)));
    Map<Long, Path> runs = new HashMap<>(marked);
    if (!marked.isEmpty()) {
      for (long pid : all) {
        Path ofLeader = marked.get(session(pid));
        if (ofLeader != null) {
          runs.putIfAbsent(pid, ofLeader);
        }
      }
    }
    return runs;
  }

  private static List<Long> all() {
    return Executables.entries(PROC).stream()
        .map(entry -> entry.getFileName().toString())
        .filter(name -> Character.isDigit(name.charAt(0)))
        .map(Long::valueOf)
        .toList();
  }

  /** Nothing for one that is gone, or not ours to look at. */
  private static Optional<Path> mark(long pid) {
    String environment = "\0" + read(pid, "environ");
    int at = environment.indexOf("\0" + MARK + "=");
    if (at < 0) {
      return Optional.empty();
    }
    int begin = at + MARK.length() + 2;
    int end = environment.indexOf('\0', begin);
    return Optional.of(Path.of(environment.substring(begin, end < 0 ? environment.length() : end)));
  }

  /** The leader's process id; -1 for one that is gone. The name before it may hold anything. */
  private static long session(long pid) {
    String stat = read(pid, "stat");
    String[] columns = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return columns.length > SESSION ? Long.parseLong(columns[SESSION]) : -1;
  }

  private static String read(long pid, String file) {
    try {
      return new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
