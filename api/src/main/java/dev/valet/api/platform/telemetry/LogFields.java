package dev.valet.api.platform.telemetry;

import java.util.UUID;
import org.jboss.logging.MDC;

/**
 * Fields of all log lines that the present request or loop round writes from now on. They live in
 * the duplicated context and end with it.
 */
public final class LogFields {
  private LogFields() {}

  static void requestId(String id) {
    MDC.put("requestId", id);
  }

  /** Who acts: the subject of the token, or the name of a loop. */
  public static void actor(String subject) {
    MDC.put("actor", subject);
  }

  /** The sandbox that this is about. */
  public static void sandbox(UUID id) {
    MDC.put("sandboxId", id.toString());
  }
}
