package dev.valet.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One thing that is wrong with a request.
 *
 * @param field where: a path into the body ({@code tags.owner}, {@code items[3].id}), or the name
 *     of a parameter or header; empty for the body as a whole
 * @param message what is wrong, in words for people: {@code must be one of dev, staging, prod}
 * @param allowed the allowed values, if there are few; empty otherwise
 */
public record FieldError(
    String field,
    String message,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> allowed) {

  /** Copies what it is given. */
  public FieldError {
    allowed = List.copyOf(allowed);
  }

  /** An error whose allowed values are not few. */
  public FieldError(String field, String message) {
    this(field, message, List.of());
  }
}
