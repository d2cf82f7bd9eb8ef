package dev.valet.api.template;

import dev.valet.common.template.ParameterType;
import dev.valet.common.template.TemplateParameter;
import dev.valet.common.template.TemplateSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Specs for tests. */
public final class Specs {
  public static final String IMAGE = "ami-0a1e7000000000001";
  public static final String SUBNET_A = "subnet-0a1e7000000000001";
  public static final String SUBNET_B = "subnet-0a1e7000000000002";
  public static final String GROUP = "sg-0a1e7000000000001";

  private Specs() {}

  public static TemplateSpec spec(TemplateParameter... parameters) {
    return new TemplateSpec(
        IMAGE,
        List.of("t3.large", "t3a.large"),
        List.of(SUBNET_A, SUBNET_B),
        List.of(GROUP),
        false,
        new TemplateSpec.Volume(30, "gp3"),
        List.of("chromium"),
        false,
        2,
        List.of(parameters),
        new TemplateSpec.Health(3, 2, Duration.ofMinutes(5), Duration.ofMinutes(1)));
  }

  /** A spec under change. */
  public static final class Change {
    public String imageId;
    public List<String> instanceTypes;
    public List<String> subnetIds;
    public List<String> securityGroupIds;
    public TemplateSpec.Volume volume;
    public List<String> engines;
    public boolean desktop;
    public int capacity;
    public List<TemplateParameter> parameters;
    public TemplateSpec.Health health;

    private Change(TemplateSpec spec) {
      imageId = spec.imageId();
      instanceTypes = spec.instanceTypes();
      subnetIds = spec.subnetIds();
      securityGroupIds = spec.securityGroupIds();
      volume = spec.volume();
      engines = spec.engines();
      desktop = spec.desktop();
      capacity = spec.capacity();
      parameters = spec.parameters();
      health = spec.health();
    }
  }

  public static TemplateSpec with(TemplateSpec spec, Consumer<Change> change) {
    Change c = new Change(spec);
    change.accept(c);
    return new TemplateSpec(
        c.imageId,
        c.instanceTypes,
        c.subnetIds,
        c.securityGroupIds,
        spec.publicIp(),
        c.volume,
        c.engines,
        c.desktop,
        c.capacity,
        c.parameters,
        c.health);
  }

  public static TemplateParameter text(String name, @Nullable String defaultValue) {
    return parameter(name, ParameterType.STRING, defaultValue, null, null, List.of(), null);
  }

  public static TemplateParameter number(
      String name, @Nullable Object value, long least, long most) {
    return parameter(name, ParameterType.INTEGER, value, least, most, List.of(), null);
  }

  public static TemplateParameter parameter(
      String name,
      ParameterType type,
      @Nullable Object defaultValue,
      @Nullable Long minimum,
      @Nullable Long maximum,
      List<String> choices,
      @Nullable String pattern) {
    return new TemplateParameter(
        name, type, null, defaultValue, minimum, maximum, choices, pattern, null, null);
  }
}
