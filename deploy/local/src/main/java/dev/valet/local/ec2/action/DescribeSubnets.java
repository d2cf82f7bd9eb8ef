package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.wire.Account;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Lists the subnets and how many instances they still have room for. */
record DescribeSubnets(Fleet fleet, Account account) implements Action {

  private static final Filters<Catalogue.Subnet> FILTERS =
      Filters.<Catalogue.Subnet>of(
              Map.of(
                  "subnet-id", subnet -> List.of(subnet.id()),
                  "vpc-id", subnet -> List.of(Catalogue.VPC),
                  "availability-zone", subnet -> List.of(subnet.zone()),
                  "cidr-block", subnet -> List.of(subnet.cidr()),
                  "default-for-az", subnet -> List.of("true"),
                  "state", subnet -> List.of("available")))
          .withTags(subnet -> Map.of());

  @Override
  public Work prepare(QueryParameters parameters) {
    List<String> ids = parameters.texts("SubnetId");
    for (String id : ids) {
      if (fleet.catalogue().subnet(id).isEmpty()) {
        throw Ec2Refusal.badRequest(
            "InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
      }
    }
    Predicate<Catalogue.Subnet> wanted =
        FILTERS.read(parameters).and(subnet -> ids.isEmpty() || ids.contains(subnet.id()));
    Paging paging = Paging.read(parameters, 1000);
    List<Catalogue.Subnet> all = fleet.catalogue().subnets();
    return answer -> {
      Paging.Page<Catalogue.Subnet> page =
          paging.of(all.stream().filter(wanted).toList(), all::indexOf);
      answer
          .list("subnetSet", page.items(), this::writeSubnet)
          .element("nextToken", page.nextToken());
    };
  }

  private void writeSubnet(XmlAnswer answer, Catalogue.Subnet subnet) {
    answer
        .element("subnetId", subnet.id())
        .element("state", "available")
        .element("ownerId", account.id())
        .element("vpcId", Catalogue.VPC)
        .element("cidrBlock", subnet.cidr())
        .element("availableIpAddressCount", fleet.freeAddresses(subnet))
        .element("availabilityZone", subnet.zone())
        .element("availabilityZoneId", subnet.zoneId())
        .element("defaultForAz", true)
        .element("mapPublicIpOnLaunch", false);
    Tags.write(answer, Map.of());
  }
}
