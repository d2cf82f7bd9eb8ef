package dev.valet.api.template;

import dev.valet.common.problem.FieldError;
import dev.valet.common.template.TemplateParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves what a person chose against what a template declares. Pure. */
public final class Parameters {
  private static final long LONGEST = 1_024;

  private Parameters() {}

  /**
   * Outcome of resolving.
   *
   * @param values every declared parameter with its given or default value
   * @param errors one per wrong, missing or unknown parameter; the values are usable only if empty
   */
  public record Resolved(SequencedMap<String, Object> values, List<FieldError> errors) {}

  /** Checks the given values by type and range and fills in defaults. */
  public static Resolved resolve(List<TemplateParameter> declared, Map<String, Object> given) {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (TemplateParameter parameter : declared) {
      Object value = given.getOrDefault(parameter.name(), parameter.defaultValue());
      String problem = value == null ? "is required" : check(parameter, value);
      if (problem == null && value != null) {
        values.put(parameter.name(), value);
      } else if (problem != null) {
        errors.add(
            new FieldError("parameters." + parameter.name(), problem, List.of(allowed(parameter))));
      }
    }
    unknown(declared, given, errors);
    return new Resolved(values, errors);
  }

  private static void unknown(
      List<TemplateParameter> declared, Map<String, Object> given, List<FieldError> errors) {
    List<String> names = declared.stream().map(TemplateParameter::name).toList();
    given.keySet().stream()
        .filter(name -> !names.contains(name))
        .sorted()
        .forEach(name ->
            errors.add(
                new FieldError(
                    "parameters." + name, "is not a parameter of this template", names)));
  }

  private static @Nullable String check(TemplateParameter parameter, Object value) {
    return switch (parameter.type()) {
      case BOOLEAN -> value instanceof Boolean ? null : "must be true or false";
      case INTEGER -> integer(parameter, value);
      case STRING -> value instanceof String text ? string(parameter, text) : "must be a text";
      case CHOICE ->
          value instanceof String text && parameter.choices().contains(text)
              ? null
              : "must be one of the choices";
    };
  }

  private static @Nullable String integer(TemplateParameter parameter, Object value) {
    if (!(value instanceof Integer || value instanceof Long)) {
      return "must be a whole number";
    }
    long number = ((Number) value).longValue();
    boolean low = parameter.minimum() != null && number < parameter.minimum();
    boolean high = parameter.maximum() != null && number > parameter.maximum();
    return low || high ? "is out of range" : null;
  }

  private static @Nullable String string(TemplateParameter parameter, String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      return "must not contain control characters";
    }
    long least = parameter.minimum() == null ? 0 : parameter.minimum();
    long most = parameter.maximum() == null ? LONGEST : parameter.maximum();
    return text.length() < least || text.length() > most ? "has a wrong length" : null;
  }

  private static String allowed(TemplateParameter parameter) {
    return switch (parameter.type()) {
      case BOOLEAN -> "true, false";
      case INTEGER -> range(parameter, "whole numbers");
      case STRING -> range(parameter, "length");
      case CHOICE -> parameter.choices().stream().collect(Collectors.joining(", "));
    };
  }

  private static String range(TemplateParameter parameter, String what) {
    String from = parameter.minimum() == null ? "" : " from " + parameter.minimum();
    String to = parameter.maximum() == null ? "" : " to " + parameter.maximum();
    return what + from + to;
  }
}
