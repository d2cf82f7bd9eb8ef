package dev.valet.local.ec2.fleet;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is from its launch to its end, whatever state it is in.
 *
 * @param sequence the place in the order of launches, unique and rising
 * @param index the place among the instances of the same call, from 0
 * @param publicAddress whether it was launched with a public address
 * @param userData base64 as it came, or null
 * @param at the first launch; later starts move {@link Status#launchTime()} only
 */
public record Launch(
    long sequence,
    String instanceId,
    String reservationId,
    int index,
    String imageId,
    String instanceType,
    String subnetId,
    String privateIp,
    boolean publicAddress,
    String networkInterfaceId,
    List<String> securityGroups,
    @Nullable String clientToken,
    String shutdownBehavior,
    MetadataOptions metadata,
    @Nullable String iamInstanceProfile,
    @Nullable String keyName,
    boolean monitoring,
    boolean ebsOptimized,
    @Nullable String userData,
    Instant at) {}
