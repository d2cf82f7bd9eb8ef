package dev.valet.api.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.problem.FieldError;
import dev.valet.common.template.ParameterType;
import dev.valet.common.template.TemplateParameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final TemplateParameter CODE =
      Specs.parameter("code", ParameterType.STRING, null, null, null, List.of(), "[a-z]{2,5}");

  private static List<String> faults(Parameters.Resolved resolved) {
    return resolved.errors().stream().map(FieldError::field).toList();
  }

  @Test
  void allOfATextMustMatchThePattern() {
    assertThat(faults(Parameters.resolve(List.of(CODE), Map.of("code", "abc")))).isEmpty();
    assertThat(faults(Parameters.resolve(List.of(CODE), Map.of("code", "abc1"))))
        .containsExactly("parameters.code");
  }

  @Test
  void aPatternThatBacktracksWithoutEndIsMatchedAtOnce() {
    TemplateParameter evil =
        Specs.parameter("evil", ParameterType.STRING, null, null, null, List.of(), "(a+)+b");
    Assertions.assertThat(
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> faults(Parameters.resolve(List.of(evil), Map.of("evil", "a".repeat(1_000))))))
        .containsExactly("parameters.evil");
  }

  @Test
  void anOptionalParameterWithoutValueIsLeftOut() {
    TemplateParameter optional =
        new TemplateParameter(
            "note", ParameterType.STRING, null, null, null, null, List.of(), null, false, null);
    Parameters.Resolved resolved = Parameters.resolve(List.of(optional), Map.of());
    assertThat(resolved.errors()).isEmpty();
    assertThat(resolved.values()).isEmpty();
    assertThat(faults(Parameters.resolve(List.of(CODE), Map.of())))
        .containsExactly("parameters.code");
  }

  @Test
  void valuesOfTheOldDefaultFollowTheNewOneAndChosenOnesStay() {
    var before = List.of(Specs.text("url", "about:blank"), Specs.number("tabs", 3, 1, 9));
    var after = List.of(Specs.text("url", "about:newtab"), Specs.number("tabs", 5, 1, 9));
    assertThat(
            Parameters.carry(before, Map.of("url", "about:blank", "tabs", 3L), after, Map.of())
                .values())
        .isEqualTo(Map.of("url", "about:newtab", "tabs", 5));
    assertThat(
            Parameters.carry(before, Map.of("url", "about:blank", "tabs", 7), after, Map.of())
                .values())
        .isEqualTo(Map.of("url", "about:newtab", "tabs", 7));
  }

  @Test
  void whatIsNotDeclaredAnyMoreIsDroppedAndWhatIsGivenIsChecked() {
    var before = List.of(Specs.text("url", null), Specs.text("old", null));
    var after = List.of(Specs.text("url", null), Specs.number("tabs", null, 1, 9));
    Map<String, Object> values = Map.of("url", "about:blank", "old", "x");
    assertThat(Parameters.carry(before, values, after, Map.of("tabs", 2)).values())
        .isEqualTo(Map.of("url", "about:blank", "tabs", 2));
    assertThat(faults(Parameters.carry(before, values, after, Map.of("old", "y"))))
        .containsExactlyInAnyOrder("parameters.tabs", "parameters.old");
  }
}
