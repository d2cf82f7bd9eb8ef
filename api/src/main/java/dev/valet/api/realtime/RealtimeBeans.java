package dev.valet.api.realtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain objects that this feature's beans share. */
@ApplicationScoped
class RealtimeBeans {

  @Produces
  @Singleton
  EventTail tail(EventsConfig config) {
    return new EventTail(config.remembered());
  }

  @Produces
  @Singleton
  EventSession.Surroundings surroundings(
      EventTail tail,
      StreamReads store,
      EventJson json,
      SocketMetrics metrics,
      EventsConfig config) {
    Pace.Limits limits =
        new Pace.Limits(config.heartbeat(), config.subscribeWithin(), config.stall());
    return new EventSession.Surroundings(tail, store, json, metrics, limits, System::nanoTime);
  }
}
