package dev.valet.api.realtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How events reach clients, and how long they are kept. */
@ConfigMapping(prefix = "valet.events")
interface EventsConfig {
  /**
   * Where to listen for new events: a direct connection to PostgreSQL. The reactive URL of the data
   * source if absent; must be set where that one leads through a pooler such as PgBouncer.
   */
  Optional<String> listenUrl();

  /** Newest events that a replica keeps in memory; a client further behind reads the table. */
  @WithDefault("5000")
  int remembered();

  /** Time between heartbeats; a client that misses three pings is given up. */
  @WithDefault("15S")
  Duration heartbeat();

  /** How long a new client may take to subscribe. */
  @WithDefault("10S")
  Duration subscribeWithin();

  /** How long a client may take to receive what was sent to it. */
  @WithDefault("10S")
  Duration stall();

  /** How often what a client may see is asked again, besides after every change of grants. */
  @WithDefault("30S")
  Duration recheck();

  /** Most sockets of a replica. */
  @WithDefault("2000")
  int socketsPerReplica();

  /** Most sockets of one caller at a replica. */
  @WithDefault("50")
  int socketsPerCaller();

  /** Age at which events are removed. */
  @WithDefault("7D")
  Duration keepFor();

  /** How many events are kept at most. */
  @WithDefault("1000000")
  long keepMost();
}
