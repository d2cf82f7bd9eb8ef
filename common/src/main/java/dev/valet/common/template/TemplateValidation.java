package dev.valet.common.template;

import dev.valet.common.problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking a spec: by its own rules, and against what EC2 has.
 *
 * @param status passed only if every check passed, failed if any did, else not_checked
 * @param checks one by one
 * @param errors every fault of the failed checks, by field
 */
public record TemplateValidation(
    TemplateCheckStatus status, List<Check> checks, List<FieldError> errors) {

  /** Copies what it is given. */
  public TemplateValidation {
    checks = List.copyOf(checks);
    errors = List.copyOf(errors);
  }

  /**
   * One check.
   *
   * @param name such as {@code offerings}
   * @param detail why nothing is known, or how many faults there are; null if it passed
   */
  public record Check(String name, TemplateCheckStatus status, @Nullable String detail) {}
}
