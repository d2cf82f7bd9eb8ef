package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.fleet.Instance;
import dev.valet.local.ec2.fleet.InstanceState;
import dev.valet.local.ec2.fleet.Launch;
import dev.valet.local.ec2.fleet.StateReason;
import dev.valet.local.ec2.fleet.Volume;
import dev.valet.local.ec2.wire.Account;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instances and reservations as EC2 writes them. */
final class InstanceXml {

  private final Catalogue catalogue;
  private final Account account;

  InstanceXml(Catalogue catalogue, Account account) {
    this.catalogue = catalogue;
    this.account = account;
  }

  /** The content of one reservation. */
  void writeReservation(XmlAnswer answer, List<Instance> instances) {
    answer
        .element("reservationId", instances.getFirst().launch().reservationId())
        .element("ownerId", account.id())
        .texts("groupSet", List.of())
        .list("instancesSet", instances, this::writeInstance);
  }

  private void writeInstance(XmlAnswer answer, Instance instance) {
    Launch launch = instance.launch();
    boolean terminated = instance.state() == InstanceState.TERMINATED;
    answer
        .element("instanceId", instance.id())
        .element("imageId", launch.imageId())
        .nested("instanceState", s -> CommandInstances.writeState(s, instance.state()))
        .element("privateDnsName", terminated ? "" : privateDnsName(launch))
        .element("dnsName", publicDnsName(instance))
        .element("reason", instance.status().reason())
        .element("keyName", launch.keyName())
        .element("amiLaunchIndex", launch.index())
        .texts("productCodes", List.of())
        .element("instanceType", launch.instanceType())
        .element("launchTime", instance.status().launchTime())
        .nested("placement", placement -> writePlacement(placement, launch))
        .nested(
            "monitoring", m -> m.element("state", launch.monitoring() ? "enabled" : "disabled"));
    if (!terminated) {
      writeNetwork(answer, instance);
    }
    writeStateReason(answer, instance.status().stateReason());
    answer
        .element("architecture", "x86_64")
        .element("rootDeviceType", "ebs")
        .element("rootDeviceName", Catalogue.ROOT_DEVICE)
        .list(
            "blockDeviceMapping",
            terminated ? List.<Volume>of() : instance.volumes(),
            (item, volume) -> writeVolume(item, volume, launch))
        .element("virtualizationType", "hvm")
        .element("clientToken", Optional.ofNullable(launch.clientToken()).orElse(""));
    Tags.write(answer, instance.tags());
    writeRest(answer, launch, terminated);
  }

  private void writePlacement(XmlAnswer answer, Launch launch) {
    answer
        .element("availabilityZone", zone(launch))
        .element("groupName", "")
        .element("tenancy", "default");
  }

  /** The zone of an instance, which it keeps to its end. */
  String zone(Launch launch) {
    return catalogue.subnet(launch.subnetId()).map(Catalogue.Subnet::zone).orElse("");
  }

  private void writeNetwork(XmlAnswer answer, Instance instance) {
    Launch launch = instance.launch();
    answer
        .element("subnetId", launch.subnetId())
        .element("vpcId", Catalogue.VPC)
        .element("privateIpAddress", launch.privateIp())
        .element("ipAddress", instance.status().publicIp())
        .list("groupSet", launch.securityGroups(), InstanceXml::writeGroup)
        .list("networkInterfaceSet", List.of(instance), this::writeInterface);
  }

  private static void writeGroup(XmlAnswer answer, String groupId) {
    answer.element("groupId", groupId).element("groupName", DescribeSecurityGroups.NAME);
  }

  private void writeInterface(XmlAnswer answer, Instance instance) {
    Launch launch = instance.launch();
    String publicIp = instance.status().publicIp();
    answer
        .element("networkInterfaceId", launch.networkInterfaceId())
        .element("subnetId", launch.subnetId())
        .element("vpcId", Catalogue.VPC)
        .element("ownerId", account.id())
        .element("status", "in-use")
        .element("privateIpAddress", launch.privateIp())
        .element("privateDnsName", privateDnsName(launch))
        .element("sourceDestCheck", true)
        .list("groupSet", launch.securityGroups(), InstanceXml::writeGroup)
        .nested("attachment", attachment -> writeAttachment(attachment, launch));
    if (publicIp != null) {
      answer.nested("association", a -> writeAssociation(a, instance, publicIp));
    }
    answer.list(
        "privateIpAddressesSet",
        List.of(launch.privateIp()),
        (item, ip) -> item.element("privateIpAddress", ip).element("primary", true));
  }

  private static void writeAttachment(XmlAnswer answer, Launch launch) {
    answer
        .element("attachmentId", launch.networkInterfaceId().replace("eni-", "eni-attach-"))
        .element("deviceIndex", 0)
        .element("status", "attached")
        .element("attachTime", launch.at())
        .element("deleteOnTermination", true);
  }

  private void writeAssociation(XmlAnswer answer, Instance instance, String publicIp) {
    answer
        .element("publicIp", publicIp)
        .element("publicDnsName", publicDnsName(instance))
        .element("ipOwnerId", "amazon");
  }

  private static void writeVolume(XmlAnswer answer, Volume volume, Launch launch) {
    answer
        .element("deviceName", volume.device())
        .nested(
            "ebs",
            ebs ->
                ebs.element("volumeId", volume.id())
                    .element("status", "attached")
                    .element("attachTime", launch.at())
                    .element("deleteOnTermination", volume.deleteOnTermination()));
  }

  private static void writeStateReason(XmlAnswer answer, @Nullable StateReason reason) {
    if (reason != null) {
      answer.nested(
          "stateReason",
          r -> r.element("code", reason.code()).element("message", reason.message()));
    }
  }

  private void writeRest(XmlAnswer answer, Launch launch, boolean terminated) {
    answer
        .element("hypervisor", "xen")
        .element("ebsOptimized", launch.ebsOptimized())
        .element("enaSupport", true);
    if (launch.iamInstanceProfile() != null) {
      answer.nested("iamInstanceProfile", p -> p.element("arn", launch.iamInstanceProfile()));
    }
    answer
        .nested("hibernationOptions", h -> h.element("configured", false))
        .nested(
            "metadataOptions",
            m ->
                m.element("state", terminated ? "pending" : "applied")
                    .element("httpTokens", launch.metadata().httpTokens())
                    .element("httpPutResponseHopLimit", launch.metadata().hopLimit())
                    .element("httpEndpoint", launch.metadata().httpEndpoint()))
        .element("platformDetails", "Linux/UNIX")
        .element("usageOperation", "RunInstances");
  }

  private String privateDnsName(Launch launch) {
    return "ip-%s.%s.compute.internal"
        .formatted(launch.privateIp().replace('.', '-'), account.region());
  }

  private String publicDnsName(Instance instance) {
    String publicIp = instance.status().publicIp();
    return publicIp == null
        ? ""
        : "ec2-%s.%s.compute.amazonaws.com".formatted(publicIp.replace('.', '-'), account.region());
  }
}
