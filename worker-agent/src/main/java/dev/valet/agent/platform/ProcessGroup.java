package dev.valet.agent.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program and all that it started, as one thing that can be killed. It leads a session of its
 * own, so the group bears its process id.
 *
 * @param leader the program
 */
public record ProcessGroup(Process leader) {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** The command that leads a group of its own. */
  public static List<String> ofItsOwn(List<String> command) {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      words.add(SETSID.toString());
    }
    words.addAll(command);
    return words;
  }

  /** Asks all of them to end. */
  public void terminate() {
    signal("TERM");
    leader.destroy();
  }

  /** Ends all of them, and also what left the group but still descends from the program. */
  public void kill() {
    List<ProcessHandle> descendants;
    try (Stream<ProcessHandle> below = leader.descendants()) {
      descendants = below.toList();
    }
    signal("KILL");
    leader.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /** Java signals single processes only. */
  private void signal(String name) {
    try {
      new ProcessBuilder("/bin/kill", "-" + name, "--", "-" + leader.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      leader.destroyForcibly(); // the best that is left
    }
  }
}
