package dev.valet.api.sandbox;

import dev.valet.api.compute.Tags;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses tags that EC2 would refuse, before anything is stored. */
@ApplicationScoped
class TagRules {

  /**
   * Checks tags; null and empty are fine.
   *
   * @throws ProblemException validation, with one entry per wrong tag
   */
  void check(@Nullable Map<String, String> tags) {
    if (tags == null) {
      return;
    }
    List<FieldError> errors =
        Tags.problems(tags).stream()
            .map(wrong -> new FieldError("tags." + wrong.key(), wrong.message()))
            .toList();
    if (!errors.isEmpty()) {
      throw ProblemException.fields(errors);
    }
  }
}
