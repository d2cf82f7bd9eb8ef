package dev.valet.api.template;

import static dev.valet.common.template.TemplateEffect.IN_PLACE;
import static dev.valet.common.template.TemplateEffect.NONE;
import static dev.valet.common.template.TemplateEffect.REPLACE;

import dev.valet.common.template.TemplateChange;
import dev.valet.common.template.TemplateEffect;
import dev.valet.common.template.TemplateParameter;
import dev.valet.common.template.TemplateSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How two specs differ, field by field, and what each difference does to a sandbox of the first one
 * that is upgraded to the second. Pure.
 */
public final class SpecComparison {
  private static final String PARAMETERS = "parameters.";

  private final List<TemplateChange> changes = new ArrayList<>();
  private final TemplateSpec before;
  private final TemplateSpec after;

  private SpecComparison(TemplateSpec before, TemplateSpec after) {
    this.before = before;
    this.after = after;
  }

  /** Every field that differs. */
  public static List<TemplateChange> between(TemplateSpec before, TemplateSpec after) {
    return between(before, after, null);
  }

  /**
   * The same for one sandbox: an instance of a type that the second spec also lists may stay.
   *
   * @param instanceType of the sandbox's instance; null if it is not known
   */
  public static List<TemplateChange> between(
      TemplateSpec before, TemplateSpec after, @Nullable String instanceType) {
    SpecComparison comparison = new SpecComparison(before, after);
    comparison.machine(instanceType);
    comparison.software();
    comparison.health();
    comparison.parameters();
    return List.copyOf(comparison.changes);
  }

  /** Whether a change is one of what people may choose, not of what is chosen. */
  public static boolean isOfParameters(TemplateChange change) {
    return change.path().startsWith(PARAMETERS);
  }

  private void machine(@Nullable String instanceType) {
    String another = "the instance is replaced";
    compare("imageId", TemplateSpec::imageId, REPLACE, another);
    boolean typeStays =
        instanceType == null
            ? after.instanceTypes().containsAll(before.instanceTypes())
            : after.instanceTypes().contains(instanceType);
    compare(
        "instanceTypes",
        TemplateSpec::instanceTypes,
        typeStays ? NONE : REPLACE,
        typeStays
            ? "counts for the next launch"
            : "an instance of a type that is not listed any more is replaced");
    boolean subnetsStay = after.subnetIds().containsAll(before.subnetIds());
    compare(
        "subnetIds",
        TemplateSpec::subnetIds,
        subnetsStay ? NONE : REPLACE,
        subnetsStay ? "counts for the next launch" : another + ", as a subnet is left");
    boolean sameGroups =
        Set.copyOf(after.securityGroupIds()).equals(Set.copyOf(before.securityGroupIds()));
    compare(
        "securityGroupIds",
        TemplateSpec::securityGroupIds,
        sameGroups ? NONE : REPLACE,
        sameGroups ? "only the order changes" : another);
    compare("publicIp", TemplateSpec::publicIp, REPLACE, another);
    compare("volume.sizeGib", spec -> spec.volume().sizeGib(), REPLACE, another);
    compare("volume.type", spec -> spec.volume().type(), REPLACE, another);
  }

  private void software() {
    compare(
        "engines",
        TemplateSpec::engines,
        IN_PLACE,
        "the instance is restarted, as an agent learns of its engines when it boots");
    compare("desktop", TemplateSpec::desktop, NONE, "health expects it from now on, or no more");
    compare(
        "capacity",
        TemplateSpec::capacity,
        NONE,
        "a sandbox with the template's capacity follows; its agent learns of it when it next boots");
  }

  private void health() {
    String atOnce = "counts at once";
    compare("health.failures", spec -> spec.health().failures(), NONE, atOnce);
    compare("health.successes", spec -> spec.health().successes(), NONE, atOnce);
    compare("health.bootGrace", spec -> spec.health().bootGrace().toString(), NONE, atOnce);
    compare("health.repairAfter", spec -> spec.health().repairAfter().toString(), NONE, atOnce);
  }

  private void parameters() {
    Set<String> names = new LinkedHashSet<>();
    before.parameters().forEach(parameter -> names.add(parameter.name()));
    after.parameters().forEach(parameter -> names.add(parameter.name()));
    names.forEach(name -> parameter(name, find(before, name), find(after, name)));
  }

  private static @Nullable TemplateParameter find(TemplateSpec spec, String name) {
    return spec.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private void parameter(
      String name, @Nullable TemplateParameter old, @Nullable TemplateParameter now) {
    String place = PARAMETERS + name;
    String value = "an instance whose values change is replaced";
    if (old == null || now == null) {
      add(place, shown(old), shown(now), REPLACE, value);
      return;
    }
    String rules = "checked at the next creation or upgrade";
    compare(place + ".type", old.type().wire(), now.type().wire(), NONE, rules);
    compare(place + ".defaultValue", old.defaultValue(), now.defaultValue(), REPLACE, value);
    compare(place + ".minimum", old.minimum(), now.minimum(), NONE, rules);
    compare(place + ".maximum", old.maximum(), now.maximum(), NONE, rules);
    compare(place + ".choices", old.choices(), now.choices(), NONE, rules);
    compare(place + ".pattern", old.pattern(), now.pattern(), NONE, rules);
    compare(place + ".required", old.mustBeGiven(), now.mustBeGiven(), NONE, rules);
    compare(place + ".description", old.description(), now.description(), NONE, "for people only");
  }

  private static @Nullable String shown(@Nullable TemplateParameter parameter) {
    return parameter == null ? null : parameter.type().wire();
  }

  private void compare(
      String path, Function<TemplateSpec, Object> value, TemplateEffect effect, String meaning) {
    compare(path, value.apply(before), value.apply(after), effect, meaning);
  }

  private void compare(
      String path,
      @Nullable Object old,
      @Nullable Object now,
      TemplateEffect effect,
      String meaning) {
    if (!Objects.equals(old, now)) {
      add(path, old, now, effect, meaning);
    }
  }

  private void add(
      String path,
      @Nullable Object old,
      @Nullable Object now,
      TemplateEffect effect,
      String meaning) {
    changes.add(new TemplateChange(path, old, now, effect, meaning));
  }
}
