package dev.valet.api.platform.telemetry;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Method;
import org.jboss.logging.Logger;

/**
 * Requests that became a WebSocket. Quarkus counts a request as under way until its answer ends,
 * which that of an upgrade never does; so a process that ever had a WebSocket would wait in vain at
 * its shutdown, for as long as it may.
 */
@RegisterForReflection(targets = QuarkusRequestWrapper.class)
public final class UpgradedRequests {
  private static final Logger LOG = Logger.getLogger(UpgradedRequests.class);

  private UpgradedRequests() {}

  /** Tells Quarkus that this request is over as a request; harmless if it is told twice. */
  public static void complete(HttpServerRequest request) {
    try {
      Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
      done.setAccessible(true);
      done.invoke(QuarkusRequestWrapper.get(request));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debugf(e, "A WebSocket keeps counting as a request; only the shutdown takes longer");
    }
  }
}
