package dev.valet.api.template;

import dev.valet.common.problem.FieldError;
import dev.valet.common.template.TemplateParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves what a person chose against what a template declares. Pure. */
public final class Parameters {
  /** Most characters of a text. */
  static final long LONGEST = 1_024;

  /** Greatest number that JSON carries exactly, here and in every client. */
  static final long GREATEST = (1L << 53) - 1;

  static final String NOT_EXACT = "must be at most " + GREATEST + ", with either sign";

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
      String problem = value == null ? missing(parameter) : check(parameter, value);
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

  /**
   * Carries values over to another version: those that a person chose stay if they are still
   * declared, those that the old default gave follow the new default, and what is given now wins.
   *
   * @param before declared by the version that the values are of
   * @param values of that version, complete
   * @param declared by the version that they are carried to
   */
  public static Resolved carry(
      List<TemplateParameter> before,
      Map<String, Object> values,
      List<TemplateParameter> declared,
      Map<String, Object> given) {
    Map<String, Object> carried = new LinkedHashMap<>();
    for (TemplateParameter parameter : declared) {
      Object value = values.get(parameter.name());
      if (value != null && !isDefault(before, parameter.name(), value)) {
        carried.put(parameter.name(), value);
      }
    }
    carried.putAll(given);
    return resolve(declared, carried);
  }

  private static boolean isDefault(List<TemplateParameter> declared, String name, Object value) {
    return declared.stream()
        .filter(parameter -> parameter.name().equals(name))
        .anyMatch(parameter -> same(parameter.defaultValue(), value));
  }

  /** Whole numbers may come as int from one place and as long from another. */
  private static boolean same(@Nullable Object one, Object other) {
    return one instanceof Number a && other instanceof Number b
        ? a.longValue() == b.longValue()
        : Objects.equals(one, other);
  }

  private static @Nullable String missing(TemplateParameter parameter) {
    return parameter.mustBeGiven() ? "is required" : null;
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

  /** What is wrong with a value; null if nothing is. */
  static @Nullable String check(TemplateParameter parameter, Object value) {
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
    if (Math.abs((double) number) > GREATEST) {
      return NOT_EXACT;
    }
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
    if (text.length() < least || text.length() > most) {
      return "has a wrong length";
    }
    boolean fits = parameter.pattern() == null || ValuePattern.matches(parameter.pattern(), text);
    return fits ? null : "does not match the pattern";
  }

  static String allowed(TemplateParameter parameter) {
    return switch (parameter.type()) {
      case BOOLEAN -> "true, false";
      case INTEGER -> range(parameter, "whole numbers");
      case STRING ->
          range(parameter, "length")
              + (parameter.pattern() == null ? "" : ", pattern " + parameter.pattern());
      case CHOICE -> parameter.choices().stream().collect(Collectors.joining(", "));
    };
  }

  private static String range(TemplateParameter parameter, String what) {
    String from = parameter.minimum() == null ? "" : " from " + parameter.minimum();
    String to = parameter.maximum() == null ? "" : " to " + parameter.maximum();
    return what + from + to;
  }
}
