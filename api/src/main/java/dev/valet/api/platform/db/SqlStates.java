package dev.valet.api.platform.db;

import io.vertx.pgclient.PgException;

/** What PostgreSQL's error codes mean. Pure. */
public final class SqlStates {
  private static final String UNIQUE_VIOLATION = "23505";

  private SqlStates() {}

  /** Whether a statement failed on a unique index: somebody else was faster. */
  public static boolean isUniqueViolation(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException sql && UNIQUE_VIOLATION.equals(sql.getSqlState())) {
        return true;
      }
    }
    return false;
  }
}
