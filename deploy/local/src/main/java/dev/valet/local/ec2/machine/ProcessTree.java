package dev.valet.local.ec2.machine;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A process with all that it has started: what goes dark when a machine's power is cut. */
final class ProcessTree {

  private static final int WAIT_SECONDS = 5;

  private ProcessTree() {}

  /** Kills all of it. The root is gone when this returns. */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> below = root.descendants().toList();
    root.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    try {
      root.onExit().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("Process " + root.pid() + " does not die", e);
    }
  }
}
