package dev.valet.agent.desktop;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Programs of an agent that was killed before it could end them. A program with our cookie file
 * among its arguments is ours; one with our process id need not be. What a dead X server leaves in
 * {@code /tmp/.X11-unix} hinders nobody: the next server that takes the number replaces it.
 */
final class Leftovers {
  private static final Logger LOG = Logger.getLogger(Leftovers.class);

  private Leftovers() {}

  /** Ends what uses this folder. */
  static void end(PrivateFolder folder) {
    String cookies = folder.cookies().toString();
    List<ProcessHandle> left;
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      left = all.filter(process -> uses(process, cookies)).toList();
    }
    left.forEach(process -> {
      LOG.infof("ends process %d of an earlier agent", process.pid());
      process.destroyForcibly();
    });
  }

  private static boolean uses(ProcessHandle process, String cookies) {
    return process
        .info()
        .arguments()
        .filter(all -> Arrays.asList(all).contains(cookies))
        .isPresent();
  }
}
