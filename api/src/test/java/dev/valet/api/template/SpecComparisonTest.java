package dev.valet.api.template;

import static dev.valet.common.template.TemplateEffect.IN_PLACE;
import static dev.valet.common.template.TemplateEffect.NONE;
import static dev.valet.common.template.TemplateEffect.REPLACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.template.TemplateChange;
import dev.valet.common.template.TemplateComparison;
import dev.valet.common.template.TemplateEffect;
import dev.valet.common.template.TemplateSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecComparisonTest {
  private static final TemplateSpec BEFORE = Specs.spec(Specs.text("url", "about:blank"));

  private static Arguments change(
      String path, TemplateEffect effect, Consumer<Specs.Change> change) {
    return Arguments.of(path, effect, change);
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        change("imageId", REPLACE, c -> c.imageId = "ami-0a1e7000000000002"),
        change(
            "instanceTypes",
            NONE,
            c -> c.instanceTypes = List.of("m6i.large", "t3a.large", "t3.large")),
        change("instanceTypes", REPLACE, c -> c.instanceTypes = List.of("t3a.large")),
        change("subnetIds", NONE, c -> c.subnetIds = List.of(Specs.SUBNET_B, Specs.SUBNET_A)),
        change("subnetIds", REPLACE, c -> c.subnetIds = List.of(Specs.SUBNET_B)),
        change("securityGroupIds", REPLACE, c -> c.securityGroupIds = List.of("sg-00000000")),
        change("volume.sizeGib", REPLACE, c -> c.volume = new TemplateSpec.Volume(60, "gp3")),
        change("volume.type", REPLACE, c -> c.volume = new TemplateSpec.Volume(30, "gp2")),
        change("engines", IN_PLACE, c -> c.engines = List.of("chromium", "firefox")),
        change("desktop", NONE, c -> c.desktop = true),
        change("capacity", NONE, c -> c.capacity = 5),
        change(
            "health.failures",
            NONE,
            c ->
                c.health =
                    new TemplateSpec.Health(4, 2, Duration.ofMinutes(5), Duration.ofMinutes(1))),
        change(
            "parameters.url.defaultValue",
            REPLACE,
            c -> c.parameters = List.of(Specs.text("url", "about:newtab"))),
        change("parameters.url", REPLACE, c -> c.parameters = List.of()),
        change(
            "parameters.more",
            REPLACE,
            c ->
                c.parameters = List.of(Specs.text("url", "about:blank"), Specs.text("more", "x"))));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aChangedFieldIsNamedWithWhatItDoes(
      String path, TemplateEffect effect, Consumer<Specs.Change> change) {
    List<TemplateChange> changes = SpecComparison.between(BEFORE, Specs.with(BEFORE, change));
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().path()).isEqualTo(path);
    assertThat(changes.getFirst().effect()).isEqualTo(effect);
    assertThat(changes.getFirst().before()).isNotEqualTo(changes.getFirst().after());
  }

  @Test
  void anInstanceOfATypeThatIsStillListedStays() {
    TemplateSpec after = Specs.with(BEFORE, c -> c.instanceTypes = List.of("t3a.large"));
    assertThat(TemplateComparison.worst(SpecComparison.between(BEFORE, after, "t3a.large")))
        .isEqualTo(NONE);
    assertThat(TemplateComparison.worst(SpecComparison.between(BEFORE, after, "t3.large")))
        .isEqualTo(REPLACE);
  }

  @Test
  void theSameSpecDiffersInNothing() {
    assertThat(SpecComparison.between(BEFORE, BEFORE)).isEmpty();
    assertThat(TemplateComparison.worst(List.of())).isEqualTo(NONE);
  }
}
