package dev.valet.api.sandbox;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.sandbox.Environment;
import io.vertx.pgclient.PgException;

/** Problems that several parts of this feature answer with. */
final class SandboxProblems {
  private static final String UNIQUE_VIOLATION = "23505";

  private SandboxProblems() {}

  static ProblemException nameTaken(String name, Environment environment) {
    return ProblemException.of(
        ProblemType.NAME_TAKEN,
        "A sandbox named %s exists in %s already; names are unique there, case ignored."
            .formatted(name, environment.wire()));
  }

  /** Whether a statement failed on a unique index: somebody else was faster. */
  static boolean isUniqueViolation(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException sql && UNIQUE_VIOLATION.equals(sql.getSqlState())) {
        return true;
      }
    }
    return false;
  }
}
