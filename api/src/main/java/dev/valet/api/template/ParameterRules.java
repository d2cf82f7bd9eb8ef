package dev.valet.api.template;

import dev.valet.common.problem.FieldError;
import dev.valet.common.template.ParameterType;
import dev.valet.common.template.TemplateParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What annotations cannot say of a declared parameter: that its parts fit together. Pure. */
final class ParameterRules {
  private ParameterRules() {}

  /** Every fault, by field of the declaration; takes declarations with holes. */
  @SuppressWarnings("ConstantValue") // a declaration that was only just read may lack anything
  static List<FieldError> faults(TemplateParameter parameter) {
    if (parameter.type() == null || parameter.choices() == null) {
      return List.of();
    }
    List<FieldError> errors = new ArrayList<>();
    range(parameter, errors);
    choices(parameter, errors);
    pattern(parameter, errors);
    if (Boolean.TRUE.equals(parameter.secret())) {
      add(errors, "secret", "must be false: parameters lie readable on the instance");
    }
    boolean usable = errors.stream().noneMatch(error -> error.field().equals("pattern"));
    if (parameter.defaultValue() != null && usable) {
      defaultValue(parameter, errors);
    }
    return errors;
  }

  private static void range(TemplateParameter parameter, List<FieldError> errors) {
    ParameterType type = parameter.type();
    boolean ranged = type == ParameterType.INTEGER || type == ParameterType.STRING;
    Long least = parameter.minimum();
    Long most = parameter.maximum();
    if (!ranged && least != null) {
      add(errors, "minimum", "is for integers and strings only");
    }
    if (!ranged && most != null) {
      add(errors, "maximum", "is for integers and strings only");
    }
    if (type == ParameterType.STRING && least != null && least < 0) {
      add(errors, "minimum", "is a length and must not be negative");
    }
    if (type == ParameterType.STRING && most != null && most > Parameters.LONGEST) {
      add(errors, "maximum", "is a length and must be at most " + Parameters.LONGEST);
    }
    exact("minimum", least, errors);
    exact("maximum", most, errors);
    if (least != null && most != null && least > most) {
      add(errors, "maximum", "must not be less than the minimum");
    }
  }

  private static void exact(String field, @Nullable Long limit, List<FieldError> errors) {
    if (limit != null && Math.abs((double) limit) > Parameters.GREATEST) {
      add(errors, field, Parameters.NOT_EXACT);
    }
  }

  private static void choices(TemplateParameter parameter, List<FieldError> errors) {
    boolean choice = parameter.type() == ParameterType.CHOICE;
    if (choice && parameter.choices().isEmpty()) {
      add(errors, "choices", "must hold at least one");
    }
    if (!choice && !parameter.choices().isEmpty()) {
      add(errors, "choices", "is for choices only");
    }
    if (new HashSet<>(parameter.choices()).size() < parameter.choices().size()) {
      add(errors, "choices", "holds one twice");
    }
  }

  private static void pattern(TemplateParameter parameter, List<FieldError> errors) {
    String pattern = parameter.pattern();
    if (pattern == null) {
      return;
    }
    if (parameter.type() != ParameterType.STRING) {
      add(errors, "pattern", "is for strings only");
      return;
    }
    String fault = ValuePattern.fault(pattern);
    if (fault != null) {
      add(errors, "pattern", fault);
    }
  }

  private static void defaultValue(TemplateParameter parameter, List<FieldError> errors) {
    Object value = parameter.defaultValue();
    String fault = value == null ? null : Parameters.check(parameter, value);
    if (fault != null) {
      add(errors, "defaultValue", fault + ": " + Parameters.allowed(parameter));
    }
    if (Boolean.TRUE.equals(parameter.required())) {
      add(errors, "defaultValue", "must be absent, as the parameter is required");
    }
  }

  private static void add(List<FieldError> errors, String field, String message) {
    errors.add(new FieldError(field, message));
  }
}
