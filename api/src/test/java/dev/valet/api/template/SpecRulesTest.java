package dev.valet.api.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.problem.FieldError;
import dev.valet.common.template.ParameterType;
import dev.valet.common.template.TemplateParameter;
import dev.valet.common.template.TemplateSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecRulesTest {

  private static List<String> faults(TemplateSpec spec) {
    return SpecRules.faults(spec).stream().map(FieldError::field).toList();
  }

  @Test
  void aGoodSpecHasNoFault() {
    assertThat(faults(Specs.spec(Specs.text("url", "about:blank"), Specs.number("tabs", 3, 1, 9))))
        .isEmpty();
  }

  @Test
  void everyFaultIsListedAtOnce() {
    TemplateSpec spec =
        Specs.with(
            Specs.spec(Specs.text("a", null), Specs.number("a", 12, 1, 9)),
            change -> {
              change.instanceTypes = List.of("t3.large", "t3.large");
              change.subnetIds = List.of(Specs.SUBNET_A, Specs.SUBNET_B, Specs.SUBNET_A);
              change.health =
                  new TemplateSpec.Health(3, 2, Duration.ofDays(2), Duration.ofSeconds(1));
            });
    assertThat(faults(spec))
        .containsExactly(
            "instanceTypes[1]",
            "subnetIds[2]",
            "parameters[1].name",
            "parameters[1].defaultValue",
            "health.bootGrace",
            "health.repairAfter");
  }

  private static TemplateParameter of(
      ParameterType type,
      Object value,
      Long least,
      Long most,
      List<String> choices,
      String pattern) {
    return Specs.parameter("p", type, value, least, most, choices, pattern);
  }

  static Stream<Arguments> wrong() {
    List<String> none = List.of();
    return Stream.of(
        Arguments.of("maximum", of(ParameterType.INTEGER, null, 5L, 4L, none, null)),
        Arguments.of("minimum", of(ParameterType.STRING, null, -1L, null, none, null)),
        Arguments.of("maximum", of(ParameterType.STRING, null, null, 5_000L, none, null)),
        Arguments.of("minimum", of(ParameterType.BOOLEAN, null, 1L, null, none, null)),
        Arguments.of("minimum", of(ParameterType.INTEGER, null, Long.MIN_VALUE, null, none, null)),
        Arguments.of("choices", of(ParameterType.CHOICE, null, null, null, none, null)),
        Arguments.of(
            "choices", of(ParameterType.CHOICE, null, null, null, List.of("a", "a"), null)),
        Arguments.of("choices", of(ParameterType.STRING, null, null, null, List.of("a"), null)),
        Arguments.of("pattern", of(ParameterType.INTEGER, null, null, null, none, "[0-9]")),
        Arguments.of("pattern", of(ParameterType.STRING, null, null, null, none, "[a-")),
        Arguments.of("pattern", of(ParameterType.STRING, null, null, null, none, "(a)\\1")),
        Arguments.of("defaultValue", of(ParameterType.STRING, "A", null, null, none, "[a-z]+")),
        Arguments.of("defaultValue", of(ParameterType.BOOLEAN, "true", null, null, none, null)),
        Arguments.of("defaultValue", of(ParameterType.INTEGER, 1.5, null, null, none, null)),
        Arguments.of("defaultValue", of(ParameterType.INTEGER, 1L << 60, null, null, none, null)),
        Arguments.of(
            "defaultValue", of(ParameterType.CHOICE, "c", null, null, List.of("a", "b"), null)),
        Arguments.of(
            "defaultValue",
            new TemplateParameter(
                "p", ParameterType.BOOLEAN, null, true, null, null, none, null, true, null)),
        Arguments.of(
            "secret",
            new TemplateParameter(
                "p", ParameterType.STRING, null, null, null, null, none, null, null, true)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aDeclarationWhosePartsDoNotFitIsNamed(String field, TemplateParameter parameter) {
    assertThat(faults(Specs.spec(parameter))).containsExactly("parameters[0]." + field);
  }
}
