package dev.valet.api.compute;

import dev.valet.common.sandbox.Ec2Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What EC2 says of one instance.
 *
 * @param instanceId EC2's id
 * @param status EC2's word for its state
 * @param instanceType such as {@code t3.large}
 * @param zone availability zone; null once EC2 has forgotten it
 * @param privateIp private address; null for a terminated instance
 * @param publicIp public address; null without one
 * @param launchedAt time of the last launch or start
 * @param clientToken token of its RunInstances call: the only proof of ownership
 * @param tags for people and filters, possibly incomplete
 * @param volumeIds EBS volumes attached to it; none once it is terminated
 * @param stateReason EC2's code and message for the last transition; null without one
 */
public record Instance(
    String instanceId,
    Ec2Status status,
    String instanceType,
    @Nullable String zone,
    @Nullable String privateIp,
    @Nullable String publicIp,
    @Nullable Instant launchedAt,
    @Nullable String clientToken,
    Map<String, String> tags,
    List<String> volumeIds,
    @Nullable String stateReason) {}
