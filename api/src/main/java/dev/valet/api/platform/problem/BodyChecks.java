package dev.valet.api.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.common.problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;

/**
 * The checks that bodies go through at the API's edge, for what a feature must check itself: a body
 * whose faults are to be listed together with those of rules that annotations cannot express, or
 * one that was put together from parts.
 */
@Singleton
public class BodyChecks {
  private final Validator validator;
  private final ObjectMapper json;

  BodyChecks(Validator validator, ObjectMapper json) {
    this.validator = validator;
    this.json = json;
  }

  /** Every violated constraint, sorted by field; empty if the body is right. */
  public List<FieldError> faults(Object body) {
    return validator.validate(body).stream()
        .map(violation -> new FieldError(ConstraintFaults.field(violation), violation.getMessage()))
        .distinct()
        .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
        .toList();
  }

  /**
   * Reads a tree as strictly as a body.
   *
   * @param place put before the fields that are named
   * @throws ProblemException validation, naming the field that cannot be read
   */
  public <T> T read(JsonNode tree, Class<T> type, String place) {
    try {
      return json.treeToValue(tree, type);
    } catch (JsonProcessingException fault) {
      ProblemException problem = JsonFaults.problem(fault);
      throw problem.errors().isEmpty() ? problem : problem.within(place);
    }
  }
}
