package dev.valet.api.template;

import dev.valet.api.compute.ComputeCatalogue.Group;
import dev.valet.api.compute.ComputeCatalogue.Image;
import dev.valet.api.compute.ComputeCatalogue.Offer;
import dev.valet.api.compute.ComputeCatalogue.Subnet;
import dev.valet.api.compute.ComputeCatalogue.Type;
import dev.valet.api.template.SpecFacts.Answer;
import dev.valet.common.problem.FieldError;
import dev.valet.common.template.TemplateCheckStatus;
import dev.valet.common.template.TemplateSpec;
import dev.valet.common.template.TemplateValidation;
import dev.valet.common.template.TemplateValidation.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges a spec by what EC2 said. Pure. */
final class ValidationPlanner {
  private final TemplateSpec spec;
  private final SpecFacts facts;
  private final List<Check> checks = new ArrayList<>();
  private final List<FieldError> errors = new ArrayList<>();

  private ValidationPlanner(TemplateSpec spec, SpecFacts facts) {
    this.spec = spec;
    this.facts = facts;
  }

  /** All that is wrong with a spec, and what could not be found out. */
  static TemplateValidation judge(TemplateSpec spec, SpecFacts facts) {
    ValidationPlanner planner = new ValidationPlanner(spec, facts);
    planner.machine();
    planner.network();
    return planner.result();
  }

  private void machine() {
    check("image", this::image, facts.images());
    check("volume", this::volume, facts.images());
    check("instance-types", this::types, facts.types());
    check("architecture", this::fit, facts.images(), facts.types());
    check("offerings", this::offers, facts.types(), facts.subnets(), facts.offers());
  }

  private void network() {
    check("subnets", this::subnets, facts.subnets());
    check("security-groups", this::groups, facts.groups());
    check("vpc", this::vpc, facts.subnets(), facts.groups());
  }

  private void image(Faults faults) {
    Image image = image();
    if (image == null) {
      faults.add("imageId", "is no image that this account may use in this region");
    } else if (!image.state().equals("available")) {
      faults.add("imageId", "is " + image.state() + ", not available");
    } else if (image.rootGib() == null) {
      faults.add("imageId", "has no EBS root volume");
    }
  }

  private void volume(Faults faults) {
    Image image = image();
    Integer least = image == null ? null : image.rootGib();
    if (least != null && spec.volume().sizeGib() < least) {
      faults.add("volume.sizeGib", "must be at least the image's snapshot, " + least + " GiB");
    }
  }

  private void types(Faults faults) {
    each(
        "instanceTypes",
        spec.instanceTypes(),
        (field, name) -> {
          Type type = types().get(name);
          if (type == null) {
            faults.add(field, name + " is no instance type of this region");
          } else if (!type.usageClasses().contains("on-demand")) {
            faults.add(field, name + " cannot be had on demand");
          } else if (!type.rootDevices().contains("ebs")) {
            faults.add(field, name + " does not boot from EBS volumes");
          } else if (!type.encryptedVolumes()) {
            faults.add(field, name + " does not take encrypted volumes");
          }
        });
  }

  private void fit(Faults faults) {
    Image image = image();
    if (image != null) {
      each(
          "instanceTypes",
          spec.instanceTypes(),
          (field, name) -> {
            String misfit = misfit(image, types().get(name));
            if (misfit != null) {
              faults.add(field, name + misfit);
            }
          });
    }
  }

  private static @Nullable String misfit(Image image, @Nullable Type type) {
    if (type == null) {
      return null;
    }
    if (image.architecture() != null && !type.architectures().contains(image.architecture())) {
      return " is %s, the image is %s"
          .formatted(String.join(" or ", type.architectures()), image.architecture());
    }
    if (image.virtualization() != null
        && !type.virtualizations().contains(image.virtualization())) {
      return " does not run " + image.virtualization() + " images";
    }
    return type.enaRequired() && !image.ena() ? " needs an image with ENA support" : null;
  }

  private void offers(Faults faults) {
    Set<Offer> offered = new HashSet<>(facts.offers().items());
    List<Subnet> known = spec.subnetIds().stream().map(subnetsById()::get).toList();
    each(
        "instanceTypes",
        spec.instanceTypes(),
        (field, name) -> {
          List<String> without =
              known.stream()
                  .filter(Objects::nonNull)
                  .filter(subnet -> !offered.contains(new Offer(name, subnet.zone())))
                  .map(subnet -> subnet.zone() + " (" + subnet.subnetId() + ")")
                  .toList();
          if (types().containsKey(name) && !without.isEmpty()) {
            faults.add(field, name + " is not offered in " + String.join(", ", without));
          }
        });
  }

  private void subnets(Faults faults) {
    each(
        "subnetIds",
        spec.subnetIds(),
        (field, id) -> {
          Subnet subnet = subnetsById().get(id);
          if (subnet == null) {
            faults.add(field, id + " is no subnet of this account and region");
          } else if (!subnet.state().equals("available")) {
            faults.add(field, id + " is " + subnet.state() + ", not available");
          }
        });
  }

  private void groups(Faults faults) {
    Set<String> known =
        facts.groups().items().stream().map(Group::groupId).collect(Collectors.toSet());
    each(
        "securityGroupIds",
        spec.securityGroupIds(),
        (field, id) -> {
          if (!known.contains(id)) {
            faults.add(field, id + " is no security group of this account and region");
          }
        });
  }

  /** The VPC is that of the first subnet that there is. */
  private void vpc(Faults faults) {
    String vpc =
        spec.subnetIds().stream()
            .map(subnetsById()::get)
            .filter(Objects::nonNull)
            .map(Subnet::vpcId)
            .findFirst()
            .orElse(null);
    if (vpc == null) {
      return;
    }
    Map<String, String> groups =
        facts.groups().items().stream().collect(Collectors.toMap(Group::groupId, Group::vpcId));
    each(
        "subnetIds",
        spec.subnetIds(),
        (field, id) -> {
          Subnet subnet = subnetsById().get(id);
          inVpc(faults, field, id, subnet == null ? null : subnet.vpcId(), vpc);
        });
    each(
        "securityGroupIds",
        spec.securityGroupIds(),
        (field, id) -> inVpc(faults, field, id, groups.get(id), vpc));
  }

  private static void inVpc(
      Faults faults, String field, String id, @Nullable String its, String vpc) {
    if (its != null && !its.equals(vpc)) {
      faults.add(field, "%s is in %s, the first subnet in %s".formatted(id, its, vpc));
    }
  }

  private @Nullable Image image() {
    return facts.images().items().stream()
        .filter(image -> image.imageId().equals(spec.imageId()))
        .findFirst()
        .orElse(null);
  }

  private Map<String, Type> types() {
    return facts.types().items().stream()
        .collect(Collectors.toMap(Type::name, Function.identity()));
  }

  private Map<String, Subnet> subnetsById() {
    return facts.subnets().items().stream()
        .collect(Collectors.toMap(Subnet::subnetId, Function.identity()));
  }

  /** Takes the faults of one check. */
  @FunctionalInterface
  private interface Faults {
    void add(String field, String message);
  }

  @FunctionalInterface
  private interface Item {
    void check(String field, String value);
  }

  private static void each(String list, List<String> values, Item item) {
    for (int i = 0; i < values.size(); i++) {
      item.check(list + "[" + i + "]", values.get(i));
    }
  }

  private void check(String name, Consumer<Faults> rule, Answer<?>... needed) {
    String unknown =
        Stream.of(needed).map(Answer::unknown).filter(Objects::nonNull).findFirst().orElse(null);
    if (unknown != null) {
      checks.add(new Check(name, TemplateCheckStatus.NOT_CHECKED, "not checked: " + unknown));
      return;
    }
    int before = errors.size();
    rule.accept((field, message) -> errors.add(inSpec(new FieldError(field, message))));
    int found = errors.size() - before;
    checks.add(
        found == 0
            ? new Check(name, TemplateCheckStatus.PASSED, null)
            : new Check(name, TemplateCheckStatus.FAILED, count(found)));
  }

  private static String count(int faults) {
    return faults == 1 ? "1 fault" : faults + " faults";
  }

  private static FieldError inSpec(FieldError fault) {
    return new FieldError("spec." + fault.field(), fault.message(), fault.allowed());
  }

  private TemplateValidation result() {
    Set<TemplateCheckStatus> all = checks.stream().map(Check::status).collect(Collectors.toSet());
    TemplateCheckStatus status =
        Stream.of(TemplateCheckStatus.FAILED, TemplateCheckStatus.NOT_CHECKED)
            .filter(all::contains)
            .findFirst()
            .orElse(TemplateCheckStatus.PASSED);
    return new TemplateValidation(status, checks, errors);
  }
}
