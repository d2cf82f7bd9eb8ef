package dev.valet.api.realtime;

import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.outbox.EventRelay;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears of batches that any replica relayed, on a connection of its own. A hint: whatever it misses
 * while it is not connected, the next tick of the fan-out finds.
 */
@ApplicationScoped
class EventListener {
  private static final Logger LOG = Logger.getLogger(EventListener.class);
  private static final String DATASOURCE = "quarkus.datasource.";
  private static final String QUARKUS_PREFIX = "vertx-reactive:";
  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long LONGEST_DELAY_MILLIS = 5_000;

  private final Vertx vertx;
  private final Wakeups wakeups;
  private final EventsConfig events;
  private final Config config;
  private volatile boolean stopped;
  private volatile @Nullable PgSubscriber subscriber;

  EventListener(Vertx vertx, Wakeups wakeups, EventsConfig events, Config config) {
    this.vertx = vertx;
    this.wakeups = wakeups;
    this.events = events;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    PgSubscriber created =
        PgSubscriber.subscriber(vertx, options()).reconnectPolicy(EventListener::delayMillis);
    created
        .channel(EventRelay.CHANNEL)
        // Also after every reconnection: something may have been told meanwhile.
        .subscribeHandler(listening -> wake())
        .handler(head -> wake());
    subscriber = created;
    connect(created, 0);
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    PgSubscriber created = subscriber;
    if (created != null) {
      created.close();
    }
  }

  /** The policy is for connections that were lost; the first one is up to us. */
  private void connect(PgSubscriber created, int attempt) {
    created.connect().onFailure(failure -> retry(created, attempt, failure));
  }

  private void retry(PgSubscriber created, int attempt, Throwable failure) {
    if (!stopped) {
      LOG.warnf("Cannot listen for events, which are polled meanwhile: %s", failure.getMessage());
      vertx.setTimer(delayMillis(attempt), timer -> connect(created, attempt + 1));
    }
  }

  static long delayMillis(int attempt) {
    return Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(attempt, 10));
  }

  private void wake() {
    wakeups.wake(Wakeups.EVENT_FANOUT);
  }

  private PgConnectOptions options() {
    String url =
        events
            .listenUrl()
            .orElseGet(() -> config.getValue(DATASOURCE + "reactive.url", String.class));
    PgConnectOptions options = PgConnectOptions.fromUri(url.replaceFirst("^" + QUARKUS_PREFIX, ""));
    config.getOptionalValue(DATASOURCE + "username", String.class).ifPresent(options::setUser);
    config.getOptionalValue(DATASOURCE + "password", String.class).ifPresent(options::setPassword);
    options.addProperty("application_name", "valet-events");
    options.setTcpKeepAlive(true);
    return options;
  }
}
