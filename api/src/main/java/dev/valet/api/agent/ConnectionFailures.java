package dev.valet.api.agent;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;

/** Words for what the network says. */
final class ConnectionFailures {
  private ConnectionFailures() {}

  /** One short sentence for people. */
  static String describe(Throwable cause) {
    return switch (cause) {
      case ConnectTimeoutException timeout -> "no connection in time";
      case NoRouteToHostException route -> "no route to the agent";
      case ConnectException refused -> "the connection was refused";
      case HttpClosedException closed -> "the agent closed the connection without an answer";
      default -> "the connection failed (" + cause.getClass().getSimpleName() + ")";
    };
  }
}
