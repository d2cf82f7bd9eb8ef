package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where on the network a launch shall be, told in one of EC2's two ways: for the instance, or for
 * its network interface.
 *
 * @param subnetId null when the choice is left open
 */
record Placement(@Nullable String subnetId, boolean publicAddress, List<String> securityGroups) {

  static Placement read(QueryParameters parameters, Catalogue catalogue) {
    List<QueryParameters> interfaces = parameters.groups("NetworkInterface");
    Optional<String> subnet = parameters.text("SubnetId");
    List<String> groups = parameters.texts("SecurityGroupId");
    boolean publicAddress = false;
    if (!interfaces.isEmpty()) {
      refuseMixture(interfaces, subnet, groups);
      QueryParameters only = interfaces.getFirst();
      checkInterface(only);
      subnet = only.text("SubnetId");
      groups = only.texts("SecurityGroupId");
      publicAddress = only.flag("AssociatePublicIpAddress").orElse(false);
    }
    groups.forEach(Placement::checkGroup);
    List<String> effective = groups.isEmpty() ? List.of(Catalogue.SECURITY_GROUP) : groups;
    String place = subnet(parameters, subnet, catalogue);
    return new Placement(place, publicAddress, effective.stream().distinct().toList());
  }

  private static void refuseMixture(
      List<QueryParameters> interfaces, Optional<String> subnet, List<String> groups) {
    if (interfaces.size() > 1) {
      throw Ec2Refusal.badRequest(
          "AttachmentLimitExceeded", "An instance of the local EC2 has one network interface.");
    }
    if (subnet.isPresent() || !groups.isEmpty()) {
      throw Ec2Refusal.invalidCombination(
          "Network interfaces and an instance-level subnet ID or security groups may not be"
              + " specified on the same request");
    }
  }

  private static void checkInterface(QueryParameters only) {
    if (only.number("DeviceIndex").orElse(0) != 0) {
      throw Ec2Refusal.invalidValue("The only network interface must have DeviceIndex 0.");
    }
    var _ = only.text("Description");
    if (!only.flag("DeleteOnTermination").orElse(true)) {
      throw Ec2Refusal.invalidValue("A network interface cannot outlive its instance here.");
    }
  }

  private static void checkGroup(String group) {
    if (!group.equals(Catalogue.SECURITY_GROUP)) {
      throw Ec2Refusal.badRequest(
          "InvalidGroup.NotFound", "The security group '" + group + "' does not exist");
    }
  }

  private static @Nullable String subnet(
      QueryParameters parameters, Optional<String> asked, Catalogue catalogue) {
    QueryParameters placement = parameters.group("Placement");
    var _ = placement.oneOf("Tenancy", Set.of("default"));
    Optional<Catalogue.Subnet> byZone =
        placement.text("AvailabilityZone").map(zone -> ofZone(zone, catalogue));
    Optional<Catalogue.Subnet> byId = asked.map(id -> ofId(id, catalogue));
    if (byZone.isPresent() && byId.isPresent() && !byZone.equals(byId)) {
      throw Ec2Refusal.invalidValue(
          "Invalid availability zone: the subnet is in " + byId.get().zone());
    }
    return byId.or(() -> byZone).map(Catalogue.Subnet::id).orElse(null);
  }

  private static Catalogue.Subnet ofZone(String zone, Catalogue catalogue) {
    return catalogue
        .subnetOf(zone)
        .orElseThrow(() -> Ec2Refusal.invalidValue("Invalid availability zone: [" + zone + "]"));
  }

  private static Catalogue.Subnet ofId(String id, Catalogue catalogue) {
    return catalogue
        .subnet(id)
        .orElseThrow(() ->
            Ec2Refusal.badRequest(
                "InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist"));
  }
}
