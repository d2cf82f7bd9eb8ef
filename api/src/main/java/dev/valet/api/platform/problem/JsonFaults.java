package dev.valet.api.platform.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.IgnoredPropertyException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.valet.common.WireName;
import dev.valet.common.problem.FieldError;
import dev.valet.common.problem.ProblemType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is wrong with a JSON body, in words that name fields and never Java types. */
public final class JsonFaults {
  private JsonFaults() {}

  /** The problem for what Jackson said. */
  public static ProblemException problem(JsonProcessingException fault) {
    // A limit that was met while reading comes wrapped like a fault of the body.
    if (fault.getCause() instanceof ProblemException met) {
      return met;
    }
    return switch (fault) {
      case PropertyBindingException unknown -> unknown(unknown);
      case ValueInstantiationException bad -> refused(bad, bad.getType().getRawClass());
      case InvalidFormatException bad -> refused(bad, bad.getTargetType());
      case MismatchedInputException bad -> mismatch(bad);
      case JsonMappingException other when !other.getPath().isEmpty() -> refused(other, null);
      default -> syntax(fault);
    };
  }

  private static ProblemException unknown(PropertyBindingException fault) {
    String message =
        fault instanceof IgnoredPropertyException
            ? "cannot be set"
            : "is not a field that this route takes";
    return fields(fault, message, names(fault.getKnownPropertyIds()));
  }

  private static List<String> names(@Nullable Collection<Object> known) {
    return known == null ? List.of() : known.stream().map(String::valueOf).sorted().toList();
  }

  private static ProblemException mismatch(MismatchedInputException fault) {
    if (fault.getPath().isEmpty()) {
      return ProblemException.of(
          ProblemType.MALFORMED_BODY, "The body must be a JSON object" + place(fault));
    }
    return refused(fault, fault.getTargetType());
  }

  private static ProblemException refused(JsonMappingException fault, @Nullable Class<?> target) {
    List<String> allowed = allowed(target);
    if (!allowed.isEmpty()) {
      return fields(fault, "must be one of " + String.join(", ", allowed), allowed);
    }
    Throwable cause = fault.getCause();
    if (cause instanceof IllegalArgumentException own && own.getMessage() != null) {
      return fields(fault, own.getMessage(), List.of());
    }
    return fields(fault, "must be " + JsonTypes.name(target), List.of());
  }

  private static List<String> allowed(@Nullable Class<?> target) {
    if (target == null || !target.isEnum()) {
      return List.of();
    }
    return Arrays.stream(target.getEnumConstants())
        .map(constant -> constant instanceof WireName name ? name.wire() : constant.toString())
        .toList();
  }

  private static ProblemException fields(
      JsonMappingException fault, String message, List<String> allowed) {
    return ProblemException.fields(List.of(new FieldError(path(fault), message, allowed)));
  }

  private static String path(JsonMappingException fault) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : fault.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static ProblemException syntax(JsonProcessingException fault) {
    return ProblemException.of(
        ProblemType.MALFORMED_BODY, "The body is not valid JSON" + place(fault));
  }

  private static String place(JsonProcessingException fault) {
    JsonLocation location = Objects.requireNonNullElse(fault.getLocation(), JsonLocation.NA);
    return location.getLineNr() < 1
        ? ""
        : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
