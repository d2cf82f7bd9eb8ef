package dev.valet.api.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ComputeCatalogue.Group;
import dev.valet.api.compute.ComputeCatalogue.Image;
import dev.valet.api.compute.ComputeCatalogue.Offer;
import dev.valet.api.compute.ComputeCatalogue.Subnet;
import dev.valet.api.compute.ComputeCatalogue.Type;
import dev.valet.api.template.SpecFacts.Answer;
import dev.valet.common.problem.FieldError;
import dev.valet.common.template.TemplateCheckStatus;
import dev.valet.common.template.TemplateValidation;
import dev.valet.common.template.TemplateValidation.Check;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationPlannerTest {
  private final List<Image> images =
      new ArrayList<>(List.of(new Image(Specs.IMAGE, "available", "x86_64", "hvm", true, 8)));
  private final List<Type> types =
      new ArrayList<>(List.of(type("t3.large", "x86_64"), type("t3a.large", "x86_64")));
  private final List<Offer> offers =
      new ArrayList<>(
          List.of(
              new Offer("t3.large", "a"),
              new Offer("t3.large", "b"),
              new Offer("t3a.large", "a"),
              new Offer("t3a.large", "b")));
  private final List<Subnet> subnets =
      new ArrayList<>(
          List.of(
              new Subnet(Specs.SUBNET_A, "available", "vpc-1", "a"),
              new Subnet(Specs.SUBNET_B, "available", "vpc-1", "b")));
  private final List<Group> groups = new ArrayList<>(List.of(new Group(Specs.GROUP, "vpc-1")));

  private static Type type(String name, String architecture) {
    return new Type(
        name,
        List.of(architecture),
        List.of("hvm"),
        List.of("ebs"),
        List.of("on-demand"),
        true,
        true);
  }

  private TemplateValidation judged() {
    return ValidationPlanner.judge(
        Specs.spec(),
        new SpecFacts(
            Answer.of(images),
            Answer.of(types),
            Answer.of(offers),
            Answer.of(subnets),
            Answer.of(groups)));
  }

  private List<String> faults() {
    TemplateValidation result = judged();
    assertThat(result.status()).isEqualTo(TemplateCheckStatus.FAILED);
    return result.errors().stream().map(FieldError::field).toList();
  }

  @Test
  void whatEc2HasPassesEveryCheck() {
    TemplateValidation result = judged();
    assertThat(result.status()).isEqualTo(TemplateCheckStatus.PASSED);
    assertThat(result.errors()).isEmpty();
    assertThat(result.checks()).hasSize(8).allMatch(c -> c.status() == TemplateCheckStatus.PASSED);
  }

  @Test
  void anUnknownOrUnavailableImageIsNamed() {
    images.clear();
    assertThat(faults()).containsExactly("spec.imageId");
    images.add(new Image(Specs.IMAGE, "pending", "x86_64", "hvm", true, 8));
    assertThat(faults()).containsExactly("spec.imageId");
  }

  @Test
  void theVolumeHoldsTheSnapshot() {
    images.set(0, new Image(Specs.IMAGE, "available", "x86_64", "hvm", true, 31));
    assertThat(faults()).containsExactly("spec.volume.sizeGib");
  }

  @Test
  void aTypeThatDoesNotRunTheImageIsNamedByItsIndex() {
    types.set(1, type("t3a.large", "arm64"));
    assertThat(faults()).containsExactly("spec.instanceTypes[1]");
    types.set(1, type("t3a.large", "x86_64"));
    images.set(0, new Image(Specs.IMAGE, "available", "x86_64", "hvm", false, 8));
    assertThat(faults()).containsExactly("spec.instanceTypes[0]", "spec.instanceTypes[1]");
  }

  @Test
  void aTypeThatAZoneLacksIsNamedWithTheZone() {
    offers.remove(new Offer("t3.large", "b"));
    assertThat(faults()).containsExactly("spec.instanceTypes[0]");
    assertThat(judged().errors().getFirst().message()).contains("b (" + Specs.SUBNET_B + ")");
  }

  @Test
  void anUnknownTypeIsNamedOnce() {
    types.remove(1);
    offers.removeIf(offer -> offer.type().equals("t3a.large"));
    assertThat(faults()).containsExactly("spec.instanceTypes[1]");
  }

  @Test
  void everythingIsInOneVpc() {
    subnets.set(1, new Subnet(Specs.SUBNET_B, "available", "vpc-2", "b"));
    groups.set(0, new Group(Specs.GROUP, "vpc-2"));
    assertThat(faults()).containsExactly("spec.subnetIds[1]", "spec.securityGroupIds[0]");
  }

  @Test
  void unknownSubnetsAndGroupsAreNamed() {
    subnets.remove(1);
    groups.clear();
    assertThat(faults()).containsExactly("spec.subnetIds[1]", "spec.securityGroupIds[0]");
  }

  @Test
  void whatEc2DidNotSayIsNeitherRightNorWrong() {
    TemplateValidation result =
        ValidationPlanner.judge(
            Specs.spec(),
            new SpecFacts(
                Answer.of(images),
                Answer.of(types),
                Answer.unknown("timeout"),
                Answer.of(subnets),
                Answer.unknown("denied")));
    assertThat(result.status()).isEqualTo(TemplateCheckStatus.NOT_CHECKED);
    assertThat(result.checks())
        .filteredOn(check -> check.status() == TemplateCheckStatus.NOT_CHECKED)
        .extracting(Check::name)
        .containsExactly("offerings", "security-groups", "vpc");
    assertThat(result.errors()).isEmpty();
  }
}
