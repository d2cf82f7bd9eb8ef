package dev.valet.api.desktop;

import dev.valet.api.access.Callers;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.agent.VncClose;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps the viewers of this replica honest: pings, and what they may do, which is asked again every
 * 30 seconds and as soon as anybody's grants change.
 */
@ApplicationScoped
class ViewerUpkeep implements Loop {
  private static final Logger LOG = Logger.getLogger(ViewerUpkeep.class);

  /** Rounds of asking in vain after which a caller is believed no longer. */
  private static final int PATIENCE = 3;

  private static final int AT_ONCE = 8;

  private final Viewers viewers;
  private final Callers callers;
  private final DesktopConfig config;
  private final Clock clock;
  private final LongSupplier nanos = System::nanoTime;
  private volatile long version = -1;

  ViewerUpkeep(Viewers viewers, Callers callers, DesktopConfig config, Clock clock) {
    this.viewers = viewers;
    this.callers = callers;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "desktop-viewers";
  }

  @Override
  public Duration period() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Uni<Void> run() {
    viewers.all().forEach(session -> session.tick(clock.instant()));
    return viewers.all().isEmpty() ? Uni.createFrom().voidItem() : recheck();
  }

  private Uni<Void> recheck() {
    return callers
        .accessVersion()
        .chain(now ->
            refresh(now == version ? overdue(1) : List.copyOf(viewers.all()))
                .invoke(() -> version = now))
        .onFailure()
        .invoke(failure -> LOG.debugf(failure, "What viewers may do cannot be asked"))
        .onFailure()
        .recoverWithNull()
        .invoke(this::endForgotten);
  }

  private List<VncSession> overdue(int rounds) {
    long limit = config.recheck().multipliedBy(rounds).toNanos();
    long now = nanos.getAsLong();
    return viewers.all().stream().filter(session -> now - session.checkedAt() >= limit).toList();
  }

  private Uni<Void> refresh(List<VncSession> sessions) {
    return Multi.createFrom()
        .iterable(sessions)
        .onItem()
        .transformToUni(this::refresh)
        .merge(AT_ONCE)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  /** A browser's session that is over is the end of this one alone. */
  private Uni<Void> refresh(VncSession session) {
    return callers
        .refresh(session.caller())
        .invoke(session::know)
        .onFailure(ProblemException.class)
        .invoke(over -> session.end(VncClose.UNAUTHORIZED, "the session is over"))
        .onFailure(ProblemException.class)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private void endForgotten() {
    overdue(PATIENCE)
        .forEach(session ->
            session.end(VncClose.TRY_AGAIN_LATER, "what you may do cannot be asked now"));
  }
}
