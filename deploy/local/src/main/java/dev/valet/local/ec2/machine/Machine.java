package dev.valet.local.ec2.machine;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance as a machine sees itself.
 *
 * @param rootVolumeId the volume that is its file system
 * @param doomedVolumeIds the volumes that end with it
 * @param privateIp the loopback address that it should serve on; the machine learns it from its
 *     metadata service, not from here
 * @param userData base64, or null; looked at when the volume boots for the first time
 * @param metadataEndpoint the base of its instance metadata service
 */
public record Machine(
    String instanceId,
    String rootVolumeId,
    List<String> doomedVolumeIds,
    String privateIp,
    @Nullable String userData,
    URI metadataEndpoint) {}
