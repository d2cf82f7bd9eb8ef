package dev.valet.api.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.api.platform.problem.BodyChecks;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.FieldError;
import dev.valet.common.template.CreateTemplateVersionRequest;
import dev.valet.common.template.TemplateSpec;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a spec of what was sent, or says everything that is wrong with it. */
@Singleton
class SpecReading {
  private final BodyChecks checks;
  private final SpecCodec codec;

  SpecReading(BodyChecks checks, SpecCodec codec) {
    this.checks = checks;
    this.codec = codec;
  }

  /**
   * Checks a body and the spec in it; all faults at once.
   *
   * @param spec null if the body has none
   * @throws ProblemException validation
   */
  void check(Object body, @Nullable TemplateSpec spec) {
    List<FieldError> faults = new ArrayList<>(checks.faults(body));
    if (spec != null) {
      SpecRules.faults(spec).forEach(fault -> faults.add(placed("spec", fault)));
    }
    refuse(faults);
  }

  /** Faults of a spec by itself. */
  List<FieldError> faults(TemplateSpec spec) {
    List<FieldError> faults = new ArrayList<>(checks.faults(spec));
    faults.addAll(SpecRules.faults(spec));
    return faults;
  }

  /**
   * The spec of a new version.
   *
   * @param base what changes are made to
   * @throws ProblemException validation
   */
  TemplateSpec of(CreateTemplateVersionRequest request, TemplateSpec base) {
    return request.spec() != null ? request.spec() : merged(base, changes(request));
  }

  private static Map<String, Object> changes(CreateTemplateVersionRequest request) {
    if (request.changes() == null || request.changes().isEmpty()) {
      throw ProblemException.field("changes", "must hold something, unless spec is given");
    }
    return request.changes();
  }

  private TemplateSpec merged(TemplateSpec base, Map<String, Object> changes) {
    JsonNode merged = MergePatch.apply(codec.tree(base), codec.tree(changes));
    TemplateSpec spec = checks.read(merged, TemplateSpec.class, "changes");
    refuse(faults(spec).stream().map(fault -> placed("changes", fault)).toList());
    return spec;
  }

  private static FieldError placed(String place, FieldError fault) {
    return new FieldError(place + "." + fault.field(), fault.message(), fault.allowed());
  }

  private static void refuse(List<FieldError> faults) {
    if (!faults.isEmpty()) {
      throw ProblemException.fields(faults);
    }
  }
}
