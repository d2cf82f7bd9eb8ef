package dev.valet.api.realtime;

import dev.valet.api.access.Callers;
import dev.valet.api.platform.loop.Loop;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps the sockets of this replica honest: heartbeats, time limits, and what their callers may
 * see, which is asked again every 30 seconds and as soon as anybody's grants change.
 */
@ApplicationScoped
class SocketUpkeep implements Loop {
  private static final Logger LOG = Logger.getLogger(SocketUpkeep.class);

  /** Rounds of asking in vain after which a caller is believed no longer. */
  private static final int PATIENCE = 3;

  private static final int AT_ONCE = 8;

  private final Sockets sockets;
  private final Callers callers;
  private final EventsConfig config;
  private final Clock clock;
  private final LongSupplier nanos = System::nanoTime;
  private volatile long version = -1;

  SocketUpkeep(Sockets sockets, Callers callers, EventsConfig config, Clock clock) {
    this.sockets = sockets;
    this.callers = callers;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "event-sockets";
  }

  @Override
  public Duration period() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Uni<Void> run() {
    sockets.all().forEach(session -> session.tick(clock.instant()));
    return sockets.all().isEmpty() ? Uni.createFrom().voidItem() : recheck();
  }

  private Uni<Void> recheck() {
    return callers
        .accessVersion()
        .chain(now ->
            refresh(now == version ? overdue(config.recheck()) : List.copyOf(sockets.all()))
                .invoke(() -> version = now))
        .onFailure()
        .invoke(failure -> LOG.debugf(failure, "What sockets may see cannot be asked"))
        .onFailure()
        .recoverWithNull()
        .invoke(this::endForgotten);
  }

  private List<EventSession> overdue(Duration limit) {
    long now = nanos.getAsLong();
    return sockets.all().stream()
        .filter(session -> now - session.checkedAt() >= limit.toNanos())
        .toList();
  }

  private Uni<Void> refresh(List<EventSession> sessions) {
    return Multi.createFrom()
        .iterable(sessions)
        .onItem()
        .transformToUni(session -> callers.refresh(session.caller()).invoke(session::know))
        .merge(AT_ONCE)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private void endForgotten() {
    overdue(config.recheck().multipliedBy(PATIENCE))
        .forEach(session ->
            session.end(CloseCode.TRY_AGAIN_LATER, "What you may see cannot be asked now"));
  }
}
