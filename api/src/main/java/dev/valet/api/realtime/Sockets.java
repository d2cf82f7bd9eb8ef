package dev.valet.api.realtime;

import dev.valet.api.access.Caller;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets that are open at this replica. */
@ApplicationScoped
class Sockets {
  private final Set<EventSession> open = ConcurrentHashMap.newKeySet();
  private final EventsConfig config;
  private volatile boolean leaving;

  Sockets(EventsConfig config, SocketMetrics metrics) {
    this.config = config;
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
    if (open.size() >= config.socketsPerReplica()) {
      throw full(ProblemType.UNAVAILABLE, "This replica has as many event sockets as it may have");
    }
    if (countOf(caller) >= config.socketsPerCaller()) {
      throw full(
          ProblemType.TOO_MANY_REQUESTS,
          "You have %d event sockets open already; close one".formatted(config.socketsPerCaller()));
    }
  }

  private static ProblemException full(ProblemType type, String detail) {
    return ProblemException.of(type, detail).withHeader("Retry-After", "5");
  }

  private long countOf(Caller caller) {
    return open.stream()
        .filter(session -> session.caller().principal().equals(caller.principal()))
        .count();
  }

  void add(EventSession session) {
    open.add(session);
  }

  void remove(EventSession session) {
    open.remove(session);
  }

  Set<EventSession> all() {
    return open;
  }

  void wakeAll() {
    open.forEach(EventSession::wake);
  }

  /** At the later ShutdownEvent, the connections are cut already. */
  void goAway(@Observes ShutdownDelayInitiatedEvent event) {
    leaving = true;
    open.forEach(session -> session.end(CloseCode.GOING_AWAY, "This replica stops: connect again"));
  }
}
