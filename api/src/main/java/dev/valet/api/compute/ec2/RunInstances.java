package dev.valet.api.compute.ec2;

import dev.valet.api.compute.LaunchRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * The wire form of a launch. A pure function of its input, because a replay must be the same to the
 * byte: EC2 refuses a known token with other parameters. What is not an option of the port is fixed
 * here.
 */
final class RunInstances {
  private RunInstances() {}

  static RunInstancesRequest.Builder of(LaunchRequest launch, String rootDevice) {
    return RunInstancesRequest.builder()
        .clientToken(launch.clientToken())
        .minCount(1)
        .maxCount(1)
        .imageId(launch.imageId())
        .instanceType(launch.instanceType())
        .instanceInitiatedShutdownBehavior(ShutdownBehavior.STOP)
        .metadataOptions(onlyWithSessionTokens())
        .networkInterfaces(primaryInterface(launch))
        .blockDeviceMappings(rootVolume(launch, rootDevice))
        .userData(base64(launch.userData()))
        .tagSpecifications(tagged(launch.tags()));
  }

  /** IMDSv2; hop limit 1 keeps the answers from containers and proxies. */
  private static InstanceMetadataOptionsRequest onlyWithSessionTokens() {
    return InstanceMetadataOptionsRequest.builder()
        .httpEndpoint(InstanceMetadataEndpointState.ENABLED)
        .httpTokens(HttpTokensState.REQUIRED)
        .httpPutResponseHopLimit(1)
        .build();
  }

  /** Spelled out, as only this form can refuse a public address that the subnet would give. */
  private static InstanceNetworkInterfaceSpecification primaryInterface(LaunchRequest launch) {
    return InstanceNetworkInterfaceSpecification.builder()
        .deviceIndex(0)
        .subnetId(launch.subnetId())
        .groups(launch.securityGroupIds())
        .associatePublicIpAddress(launch.publicIp())
        .deleteOnTermination(true)
        .build();
  }

  private static BlockDeviceMapping rootVolume(LaunchRequest launch, String rootDevice) {
    return BlockDeviceMapping.builder()
        .deviceName(rootDevice)
        .ebs(volume ->
            volume
                .volumeSize(launch.volumeGib())
                .volumeType(launch.volumeType())
                .encrypted(true)
                .deleteOnTermination(true))
        .build();
  }

  private static Collection<TagSpecification> tagged(Map<String, String> tags) {
    Collection<Tag> sorted =
        tags.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return Stream.of(ResourceType.INSTANCE, ResourceType.VOLUME)
        .map(type -> TagSpecification.builder().resourceType(type).tags(sorted).build())
        .toList();
  }

  private static String base64(String userData) {
    return Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8));
  }
}
