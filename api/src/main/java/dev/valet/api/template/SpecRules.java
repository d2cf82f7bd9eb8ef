package dev.valet.api.template;

import dev.valet.common.problem.FieldError;
import dev.valet.common.template.TemplateParameter;
import dev.valet.common.template.TemplateSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What annotations cannot say of a spec. Pure. Takes specs with holes, so that its faults can be
 * listed with those of the annotations.
 */
final class SpecRules {
  private static final Duration LONGEST_GRACE = Duration.ofHours(1);
  private static final Duration SHORTEST_REPAIR = Duration.ofSeconds(10);
  private static final Duration LONGEST_REPAIR = Duration.ofDays(1);

  private final List<FieldError> errors = new ArrayList<>();

  private SpecRules() {}

  /** Every fault, in the order of the fields. */
  @SuppressWarnings("ConstantValue") // a spec that was only just read may lack anything
  static List<FieldError> faults(TemplateSpec spec) {
    SpecRules rules = new SpecRules();
    rules.distinct("instanceTypes", spec.instanceTypes());
    rules.distinct("subnetIds", spec.subnetIds());
    rules.distinct("securityGroupIds", spec.securityGroupIds());
    rules.distinct("engines", spec.engines());
    if (spec.parameters() != null) {
      rules.parameters(spec.parameters());
    }
    if (spec.health() != null) {
      rules.within("health.bootGrace", spec.health().bootGrace(), Duration.ZERO, LONGEST_GRACE);
      rules.within(
          "health.repairAfter", spec.health().repairAfter(), SHORTEST_REPAIR, LONGEST_REPAIR);
    }
    return rules.errors;
  }

  private void distinct(String field, @Nullable List<String> values) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; values != null && i < values.size(); i++) {
      if (values.get(i) != null && !seen.add(values.get(i))) {
        add(field + "[" + i + "]", "is listed twice");
      }
    }
  }

  private void within(String field, @Nullable Duration value, Duration least, Duration most) {
    if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
      add(field, "must be " + least + " to " + most);
    }
  }

  private void parameters(List<TemplateParameter> parameters) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < parameters.size(); i++) {
      TemplateParameter parameter = parameters.get(i);
      if (parameter == null) {
        continue;
      }
      String place = "parameters[" + i + "]";
      if (parameter.name() != null && !names.add(parameter.name())) {
        add(place + ".name", "is declared twice");
      }
      ParameterRules.faults(parameter)
          .forEach(fault -> add(place + "." + fault.field(), fault.message()));
    }
  }

  private void add(String field, String message) {
    errors.add(new FieldError(field, message));
  }
}
