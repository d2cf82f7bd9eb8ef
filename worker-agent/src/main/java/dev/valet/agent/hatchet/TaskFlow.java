package dev.valet.agent.hatchet;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the engine shall send tasks. It forgets what it was told with every registration, so it
 * is told again for each; on the worker's context throughout.
 */
final class TaskFlow {
  private static final Logger LOG = Logger.getLogger(TaskFlow.class);

  private final RestApi rest;
  private final LinkRunner runner;

  private boolean wanted;
  private boolean underWay;
  private boolean complained;

  /** The worker that the engine holds for paused; null for none. */
  private @Nullable String pausedId;

  TaskFlow(RestApi rest, LinkRunner runner) {
    this.rest = rest;
    this.runner = runner;
  }

  void pause(boolean paused) {
    wanted = paused;
  }

  /** Called after every change of the connection, hence with every heartbeat: tries again. */
  void keepUp(@Nullable Endpoint endpoint) {
    String workerId = runner.link().workerId();
    boolean told = wanted == (workerId != null && workerId.equals(pausedId));
    if (told || underWay || endpoint == null || workerId == null || !runner.link().isConnected()) {
      return;
    }
    tell(endpoint, workerId, wanted);
  }

  private void tell(Endpoint endpoint, String workerId, boolean paused) {
    underWay = true;
    rest.pause(endpoint, workerId, paused)
        .onComplete(done -> {
          underWay = false;
          if (done.succeeded()) {
            complained = false;
            pausedId = paused ? workerId : null;
            keepUp(endpoint);
          } else if (!complained) {
            complained = true;
            LOG.warnf(
                "the engine is not told to %s tasks, trying again: %s",
                paused ? "stop sending" : "send", done.cause().getMessage());
          }
        });
  }
}
