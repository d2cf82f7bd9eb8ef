package dev.valet.local.ec2.fleet;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A RunInstances call that has passed all checks which need no look at the fleet.
 *
 * @param subnetId the subnet asked for, directly or by its zone; null leaves the choice open
 * @param volumes the root volume first
 * @param fingerprint of all parameters that a repetition must have in common
 */
public record LaunchRequest(
    int minCount,
    int maxCount,
    String imageId,
    String instanceType,
    @Nullable String subnetId,
    boolean publicAddress,
    List<String> securityGroups,
    @Nullable String clientToken,
    String fingerprint,
    String shutdownBehavior,
    MetadataOptions metadata,
    @Nullable String iamInstanceProfile,
    @Nullable String keyName,
    boolean monitoring,
    boolean ebsOptimized,
    @Nullable String userData,
    List<VolumeRequest> volumes,
    Map<String, String> instanceTags,
    Map<String, String> volumeTags) {

  /** A volume to be made. */
  public record VolumeRequest(
      String device, int sizeGiB, String type, boolean encrypted, boolean deleteOnTermination) {}
}
