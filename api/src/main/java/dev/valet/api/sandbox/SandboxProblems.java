package dev.valet.api.sandbox;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.sandbox.Environment;

/** Problems that several parts of this feature answer with. */
final class SandboxProblems {
  private SandboxProblems() {}

  static ProblemException nameTaken(String name, Environment environment) {
    return ProblemException.of(
        ProblemType.NAME_TAKEN,
        "A sandbox named %s exists in %s already; names are unique there, case ignored."
            .formatted(name, environment.wire()));
  }
}
