package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.wire.Account;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Lists the one security group. It filters nothing: all of this is on the loopback device. */
record DescribeSecurityGroups(Account account) implements Action {

  static final String NAME = "valet-local";

  private static final Filters<String> FILTERS =
      Filters.<String>of(
              Map.of(
                  "group-id", List::of,
                  "group-name", group -> List.of(NAME),
                  "vpc-id", group -> List.of(Catalogue.VPC)))
          .withTags(group -> Map.of());

  @Override
  public Work prepare(QueryParameters parameters) {
    for (String id : parameters.texts("GroupId")) {
      if (!id.equals(Catalogue.SECURITY_GROUP)) {
        throw Ec2Refusal.badRequest(
            "InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
      }
    }
    Predicate<String> wanted = FILTERS.read(parameters);
    Paging paging = Paging.read(parameters, 1000);
    List<String> groups = List.of(Catalogue.SECURITY_GROUP).stream().filter(wanted).toList();
    return answer ->
        answer.list("securityGroupInfo", paging.of(groups, g -> 0).items(), this::writeGroup);
  }

  private void writeGroup(XmlAnswer answer, String groupId) {
    answer
        .element("groupId", groupId)
        .element("groupName", NAME)
        .element("groupDescription", "All instances of the local EC2")
        .element("ownerId", account.id())
        .element("vpcId", Catalogue.VPC)
        .texts("ipPermissions", List.of())
        .list("ipPermissionsEgress", List.of("-1"), DescribeSecurityGroups::writeEgress);
    Tags.write(answer, Map.of());
  }

  private static void writeEgress(XmlAnswer answer, String protocol) {
    answer
        .element("ipProtocol", protocol)
        .list("ipRanges", List.of("0.0.0.0/0"), (item, cidr) -> item.element("cidrIp", cidr));
  }
}
