package dev.valet.api.desktop;

import dev.valet.api.access.Caller;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.agent.VncClose;
import dev.valet.common.problem.ProblemType;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The viewers at this replica, and the audit row about the end of each. */
@ApplicationScoped
class Viewers {
  private static final Logger LOG = Logger.getLogger(Viewers.class);

  private final Set<VncSession> open = ConcurrentHashMap.newKeySet();
  private final DesktopConfig config;
  private final DesktopMetrics metrics;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Contexts contexts;
  private volatile boolean leaving;

  Viewers(
      DesktopConfig config,
      DesktopMetrics metrics,
      AuditLog audit,
      Transactions transactions,
      Contexts contexts) {
    this.config = config;
    this.metrics = metrics;
    this.audit = audit;
    this.transactions = transactions;
    this.contexts = contexts;
    metrics.countOpen(open::size);
  }

  /**
   * Whether one more may come in.
   *
   * @throws ProblemException if this replica or the caller has enough of them
   */
  void requireRoom(Caller caller) {
    if (leaving) {
      throw full(ProblemType.UNAVAILABLE, "This replica stops; another one takes you");
    }
    if (open.size() >= config.sessionsPerReplica()) {
      throw full(ProblemType.UNAVAILABLE, "This replica has as many viewers as it may have");
    }
    long own =
        open.stream()
            .filter(session -> session.caller().principal().equals(caller.principal()))
            .count();
    if (own >= config.sessionsPerCaller()) {
      throw full(
          ProblemType.TOO_MANY_REQUESTS,
          "You watch %d desktops already; close one".formatted(config.sessionsPerCaller()));
    }
  }

  private static ProblemException full(ProblemType type, String detail) {
    return ProblemException.of(type, detail).withHeader("Retry-After", "5");
  }

  void add(VncSession session) {
    open.add(session);
  }

  Set<VncSession> all() {
    return open;
  }

  /** It is over, once. That its row cannot be written keeps nobody watching. */
  void ended(VncSession session, VncSession.End end) {
    open.remove(session);
    metrics.ended(session.opened().mode(), end.why());
    contexts
        .fresh(() -> transactions.write(tx -> audit.record(tx, entry(session, end))))
        .subscribe()
        .with(
            written -> {},
            failure -> LOG.warnf(failure, "The end of a viewer's session was not audited"));
  }

  private static AuditEntry entry(VncSession session, VncSession.End end) {
    TicketService.Opened opened = session.opened();
    return TicketService.entry(session.caller(), "sandbox.vnc-close", opened.place(), opened.mode())
        .change(
            Map.of(),
            Map.of(
                "mode", opened.mode(), "seconds", end.after().toSeconds(), "reason", end.reason()));
  }

  /** At the later ShutdownEvent, the connections are cut already. */
  void goAway(@Observes ShutdownDelayInitiatedEvent event) {
    leaving = true;
    open.forEach(session -> session.end(VncClose.GOING_AWAY, "this replica stops: connect again"));
  }
}
