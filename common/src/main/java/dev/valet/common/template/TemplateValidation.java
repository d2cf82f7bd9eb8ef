package dev.valet.common.template;

import dev.valet.common.problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking a spec against what EC2 has.
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
   * @param name what was checked, such as {@code offerings}
   * @param status how it ended
   * @param detail why nothing is known, or how many faults there are; null if it passed; such as
   *     {@code not checked: EC2 did not answer: timeout, no answer in time}
   */
  public record Check(String name, TemplateCheckStatus status, @Nullable String detail) {}
}
