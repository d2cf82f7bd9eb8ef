package dev.valet.local.ec2.machine;

import java.util.List;

/** A process with all that it has started: what goes dark when a machine's power is cut. */
final class ProcessTree {

  private ProcessTree() {}

  /** Sends SIGKILL to all of it, and does not wait. */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> below = root.descendants().toList();
    root.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
