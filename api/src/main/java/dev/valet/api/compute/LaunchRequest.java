package dev.valet.api.compute;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * One fully resolved RunInstances call. It is stored before it is sent, and a replay sends the same
 * bytes and the same token. IMDSv2, encrypted volumes and shutdown behaviour {@code stop} are not
 * options: the adapter always asks for them.
 *
 * @param clientToken idempotency token, at most 64 ASCII characters
 * @param imageId AMI
 * @param instanceType such as {@code t3.large}
 * @param subnetId where
 * @param securityGroupIds at least one
 * @param publicIp whether to ask for a public IPv4 address
 * @param volumeGib size of the root volume in GiB
 * @param volumeType such as {@code gp3}
 * @param userData cloud-config, plain text, at most 16,384 bytes
 * @param tags set on instance and volumes
 */
@RegisterForReflection // stored as JSON
public record LaunchRequest(
    String clientToken,
    String imageId,
    String instanceType,
    String subnetId,
    List<String> securityGroupIds,
    boolean publicIp,
    int volumeGib,
    String volumeType,
    String userData,
    Map<String, String> tags) {

  /** Leaves the user-data out: it carries a token that must not get into a log. */
  @Override
  public String toString() {
    return "LaunchRequest[%s in %s from %s, tags %s]"
        .formatted(instanceType, subnetId, imageId, tags);
  }
}
