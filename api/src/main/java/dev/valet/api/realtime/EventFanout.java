package dev.valet.api.realtime;

import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.loop.Wakeups;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Follows the stream for all sockets of this replica. A notification only makes it look sooner than
 * its tick would; what is new is decided by the table.
 */
@ApplicationScoped
class EventFanout implements Loop {
  private static final int PAGE = 500;

  private final StreamReads store;
  private final EventTail tail;
  private final Sockets sockets;
  private final Clock clock;
  private final Timer lag;
  private final int warm;

  /** The head when this replica began: what is older says nothing of its lag. */
  private volatile long begun;

  EventFanout(
      StreamReads store,
      EventTail tail,
      Sockets sockets,
      Clock clock,
      MeterRegistry metrics,
      EventsConfig config) {
    this.store = store;
    this.tail = tail;
    this.sockets = sockets;
    this.clock = clock;
    this.lag = metrics.timer("valet.events.fanout.lag");
    this.warm = config.remembered() / 2;
    metrics.gauge("valet.events.head", tail, EventTail::head);
  }

  @Override
  public String name() {
    return Wakeups.EVENT_FANOUT;
  }

  @Override
  public Duration period() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Uni<Void> run() {
    return tail.stream() == null ? begin().chain(this::follow) : follow();
  }

  /** Some of the past is taken along: clients that come back after a restart ask for it. */
  private Uni<Void> begin() {
    return store
        .head()
        .invoke(now -> begun = now.head())
        .invoke(now -> tail.start(now.stream(), Math.max(now.oldest() - 1, now.head() - warm)))
        .replaceWithVoid();
  }

  private Uni<Void> follow() {
    return store
        .page(tail.head(), PAGE)
        .map(this::take)
        .chain(more -> more ? follow() : Uni.createFrom().voidItem());
  }

  /** Whether there may be more. */
  private boolean take(StreamPage page) {
    if (!continues(page)) {
      tail.start(page.stream(), page.head());
      sockets.wakeAll();
      return false;
    }
    if (!page.events().isEmpty()) {
      Instant now = clock.instant();
      page.events().forEach(tail::add);
      page.events().stream()
          .filter(event -> event.seq() > begun)
          .forEach(event -> lag.record(Duration.between(event.at(), now)));
      sockets.wakeAll();
    }
    return page.events().size() == PAGE;
  }

  private boolean continues(StreamPage page) {
    return page.stream().equals(tail.stream())
        && page.head() >= tail.head()
        && !page.lacksNextOf(tail.head());
  }
}
