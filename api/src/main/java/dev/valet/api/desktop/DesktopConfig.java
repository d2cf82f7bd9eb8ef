package dev.valet.api.desktop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How desktops are watched. */
@ConfigMapping(prefix = "valet.desktop")
interface DesktopConfig {
  /** How long a ticket waits for its WebSocket. */
  @WithDefault("45S")
  Duration ticketLife();

  /** Longest time until an agent has answered. */
  @WithDefault("5S")
  Duration connectTimeout();

  /** Time between pings. */
  @WithDefault("15S")
  Duration heartbeat();

  /** How long nothing may be heard of a viewer. */
  @WithDefault("60S")
  Duration silence();

  /** How often what a viewer may do is asked again, besides after every change of grants. */
  @WithDefault("30S")
  Duration recheck();

  /** Most viewers of a replica. */
  @WithDefault("200")
  int sessionsPerReplica();

  /** Most viewers of one caller at a replica. */
  @WithDefault("10")
  int sessionsPerCaller();
}
