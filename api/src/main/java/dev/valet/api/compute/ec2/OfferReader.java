package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeCatalogue.Group;
import dev.valet.api.compute.ComputeCatalogue.Image;
import dev.valet.api.compute.ComputeCatalogue.Offer;
import dev.valet.api.compute.ComputeCatalogue.Subnet;
import dev.valet.api.compute.ComputeCatalogue.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsEncryptionSupport;
import software.amazon.awssdk.services.ec2.model.EnaSupport;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Translates what the SDK says of EC2's offers into the port's words. Pure. */
final class OfferReader {
  private OfferReader() {}

  static Image image(software.amazon.awssdk.services.ec2.model.Image image) {
    return new Image(
        image.imageId(),
        image.stateAsString(),
        image.architectureAsString(),
        image.virtualizationTypeAsString(),
        Boolean.TRUE.equals(image.enaSupport()),
        rootGib(image));
  }

  private static @Nullable Integer rootGib(software.amazon.awssdk.services.ec2.model.Image image) {
    return image.blockDeviceMappings().stream()
        .filter(device -> device.ebs() != null)
        .filter(device -> device.deviceName().equals(image.rootDeviceName()))
        .map(BlockDeviceMapping::ebs)
        .map(ebs -> ebs.volumeSize())
        .filter(size -> size != null)
        .findFirst()
        .orElse(null);
  }

  static Type type(InstanceTypeInfo type) {
    return new Type(
        type.instanceTypeAsString(),
        type.processorInfo() == null
            ? List.of()
            : type.processorInfo().supportedArchitecturesAsStrings(),
        type.supportedVirtualizationTypesAsStrings(),
        type.supportedRootDeviceTypesAsStrings(),
        type.supportedUsageClassesAsStrings(),
        type.networkInfo() != null && type.networkInfo().enaSupport() == EnaSupport.REQUIRED,
        type.ebsInfo() == null
            || type.ebsInfo().encryptionSupport() != EbsEncryptionSupport.UNSUPPORTED);
  }

  static Offer offer(InstanceTypeOffering offer) {
    return new Offer(offer.instanceTypeAsString(), offer.location());
  }

  static Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet subnet) {
    return new Subnet(
        subnet.subnetId(), subnet.stateAsString(), subnet.vpcId(), subnet.availabilityZone());
  }

  static Group group(SecurityGroup group) {
    return new Group(group.groupId(), group.vpcId());
  }
}
