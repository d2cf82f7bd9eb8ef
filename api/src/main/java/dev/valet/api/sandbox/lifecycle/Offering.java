package dev.valet.api.sandbox.lifecycle;

import dev.valet.common.template.TemplateSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An instance type in a subnet: one thing that can be asked of EC2. */
record Offering(String instanceType, String subnetId) {
  /** What a person reads while every offering is being left alone. */
  static final String NONE_LEFT =
      "EC2 has no capacity for any type and subnet of the template; Valet keeps trying";

  /** All of a template, in its order of preference: each type in every subnet, then the next. */
  static List<Offering> of(TemplateSpec spec) {
    return spec.instanceTypes().stream()
        .flatMap(type -> spec.subnetIds().stream().map(subnet -> new Offering(type, subnet)))
        .toList();
  }

  /** The first that is not known to be without capacity. */
  static Optional<Offering> choose(List<Offering> preferred, Collection<Offering> exhausted) {
    return preferred.stream().filter(offering -> !exhausted.contains(offering)).findFirst();
  }

  @Override
  public String toString() {
    return instanceType + " in " + subnetId;
  }
}
