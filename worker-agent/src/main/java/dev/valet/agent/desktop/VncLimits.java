package dev.valet.agent.desktop;

import java.time.Duration;

/**
 * What viewers may take.
 *
 * @param viewers at once
 * @param tick how often the other limits are looked at; a ping goes out each time
 * @param handshake longest handshake
 * @param silence longest time without any sign of life
 * @param idleControl longest time of one that may control without any input
 * @param session longest time of all
 */
record VncLimits(
    int viewers,
    Duration tick,
    Duration handshake,
    Duration silence,
    Duration idleControl,
    Duration session) {
  static final VncLimits DEFAULT =
      new VncLimits(
          8,
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofMinutes(30),
          Duration.ofHours(12));
}
