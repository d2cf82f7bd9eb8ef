package dev.valet.api.platform.problem;

import dev.valet.common.problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** What bean validation found, field by field. */
final class ConstraintFaults {
  private ConstraintFaults() {}

  /** Whether the answer, not the request, broke a constraint: that is a fault of ours. */
  static boolean isOurs(ConstraintViolationException failure) {
    return failure.getConstraintViolations().isEmpty()
        || failure.getConstraintViolations().stream()
            .flatMap(violation -> nodes(violation).stream())
            .anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE);
  }

  /** 400 with every violation, sorted by field. */
  static ProblemException problem(ConstraintViolationException failure) {
    return ProblemException.fields(
        failure.getConstraintViolations().stream()
            .map(violation -> new FieldError(field(violation), violation.getMessage()))
            .distinct()
            .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
            .toList());
  }

  /**
   * A violation's path starts with method and parameter. In a body or a group of parameters the
   * rest is the field; for a single parameter there is no rest, and its name is the field.
   */
  static String field(ConstraintViolation<?> violation) {
    List<Path.Node> nodes = nodes(violation);
    StringBuilder field = new StringBuilder();
    nodes.stream().filter(ConstraintFaults::isInside).forEach(node -> append(field, node));
    return field.isEmpty() && !nodes.isEmpty() ? parameter(nodes.getLast()) : field.toString();
  }

  private static boolean isInside(Path.Node node) {
    return switch (node.getKind()) {
      case PROPERTY, BEAN, CONTAINER_ELEMENT -> true;
      default -> false;
    };
  }

  private static void append(StringBuilder field, Path.Node node) {
    if (node.getKey() != null) {
      field.append('.').append(node.getKey());
    } else if (node.getIndex() != null) {
      field.append('[').append(node.getIndex()).append(']');
    }
    if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
      field.append(field.isEmpty() ? "" : ".").append(node.getName());
    }
  }

  /** The body itself has no name of its own for those who send it. */
  private static String parameter(Path.Node node) {
    return node.getName() == null || node.getName().equals("request") ? "" : node.getName();
  }

  private static List<Path.Node> nodes(ConstraintViolation<?> violation) {
    return StreamSupport.stream(violation.getPropertyPath().spliterator(), false).toList();
  }
}
