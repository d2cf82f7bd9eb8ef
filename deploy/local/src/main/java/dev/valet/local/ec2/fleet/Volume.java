package dev.valet.local.ec2.fleet;

import java.util.Map;

/**
 * A volume of an instance.
 *
 * @param device as the block device mapping names it
 * @param sizeGiB shown only; the folder that plays the volume grows as it needs
 */
public record Volume(
    String id,
    String device,
    int sizeGiB,
    String type,
    boolean encrypted,
    boolean deleteOnTermination,
    Map<String, String> tags) {

  Volume withTags(Map<String, String> newTags) {
    return new Volume(id, device, sizeGiB, type, encrypted, deleteOnTermination, newTags);
  }
}
