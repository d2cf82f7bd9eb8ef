package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.fleet.LaunchRequest.VolumeRequest;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The volumes that a launch asks for. */
final class BlockDevices {

  private static final Set<String> TYPES =
      Set.of("standard", "io1", "io2", "gp2", "gp3", "sc1", "st1");
  private static final int MAX_SIZE_GIB = 65_536;

  private BlockDevices() {}

  /** The root volume, whether the call mentions it or not, and then all others. */
  static List<VolumeRequest> read(QueryParameters parameters) {
    Map<String, VolumeRequest> volumes = new LinkedHashMap<>();
    volumes.put(
        Catalogue.ROOT_DEVICE,
        new VolumeRequest(Catalogue.ROOT_DEVICE, Catalogue.ROOT_SIZE_GIB, "gp3", false, true));
    Map<String, VolumeRequest> asked = new LinkedHashMap<>();
    for (QueryParameters mapping : parameters.groups("BlockDeviceMapping")) {
      VolumeRequest volume = volume(mapping);
      if (asked.put(volume.device(), volume) != null) {
        throw invalid("Device name '" + volume.device() + "' is used more than once");
      }
    }
    volumes.putAll(asked);
    return List.copyOf(volumes.values());
  }

  private static VolumeRequest volume(QueryParameters mapping) {
    String device = mapping.required("DeviceName");
    boolean root = device.equals(Catalogue.ROOT_DEVICE);
    QueryParameters ebs = mapping.group("Ebs");
    int size = size(device, ebs, root);
    String type = ebs.oneOf("VolumeType", TYPES).orElse(root ? "gp3" : "gp2");
    boolean encrypted = ebs.flag("Encrypted").orElse(false);
    if (ebs.text("KmsKeyId").isPresent() && !encrypted) {
      throw Ec2Refusal.invalidCombination(
          "The parameter KmsKeyId requires the parameter Encrypted");
    }
    // These tune the speed of a real disk, of which there is none here.
    var _ = ebs.number("Iops");
    var _ = ebs.number("Throughput");
    boolean delete = ebs.flag("DeleteOnTermination").orElse(root);
    return new VolumeRequest(device, size, type, encrypted, delete);
  }

  private static int size(String device, QueryParameters ebs, boolean root) {
    if (!root && ebs.number("VolumeSize").isEmpty()) {
      throw Ec2Refusal.missing("BlockDeviceMapping.Ebs.VolumeSize of " + device);
    }
    int size = ebs.number("VolumeSize").orElse(Catalogue.ROOT_SIZE_GIB);
    int least = root ? Catalogue.ROOT_SIZE_GIB : 1;
    if (root && size < least) {
      throw invalid(
          "Volume of size %dGB is smaller than the image's snapshot, expect size >= %dGB"
              .formatted(size, least));
    }
    if (size < least || size > MAX_SIZE_GIB) {
      throw Ec2Refusal.invalidValue(
          "Volume of %dGiB is not possible; expecting 1 to %d.".formatted(size, MAX_SIZE_GIB));
    }
    return size;
  }

  private static Ec2Refusal invalid(String message) {
    return Ec2Refusal.badRequest("InvalidBlockDeviceMapping", message);
  }
}
