package dev.valet.api.platform.problem;

import dev.valet.common.problem.ProblemType;
import io.vertx.pgclient.PgException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is answered when something failed that is not the request's fault. */
final class Failures {
  /** SQL states: connection lost, too many connections, server shutting down. */
  private static final String OUTAGES = "08...|53300|57P0[1-3]";

  private static final String RETRY_AFTER_SECONDS = "2";

  /** Longest chain of causes that is looked at; a loop in it must not hang us. */
  private static final int DEPTH = 12;

  private Failures() {}

  /** 503 for an outage of what we need, else 500; logged here, once. */
  static ProblemException problem(Logger log, Throwable failure) {
    if (isOutage(failure)) {
      log.warnf("Answering 503: %s", failure);
      return unavailable("A part that Valet needs is away for the moment; try again");
    }
    return internal(log, failure);
  }

  /** 503 with Retry-After. */
  static ProblemException unavailable(String detail) {
    return ProblemException.of(ProblemType.UNAVAILABLE, detail)
        .withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }

  /** 500, which tells the client nothing but where to look; logged here, once. */
  static ProblemException internal(Logger log, Throwable failure) {
    log.error("A request failed; this is a fault of Valet", failure);
    return ProblemException.of(
        ProblemType.INTERNAL, "Something failed inside Valet; its log has it under this traceId");
  }

  private static boolean isOutage(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
      if (isOutageItself(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutageItself(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof UnknownHostException
        || cause instanceof ClosedChannelException
        || cause instanceof TimeoutException
        || cause instanceof io.vertx.sqlclient.ClosedConnectionException
        || (cause instanceof PgException pg
            && pg.getSqlState() != null
            && pg.getSqlState().matches(OUTAGES));
  }
}
