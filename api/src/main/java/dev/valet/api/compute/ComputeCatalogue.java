package dev.valet.api.compute;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to what EC2 has on offer; reads only. All of it asks by filter and in batches, so what
 * EC2 does not know is merely absent from the answer. Every failure is a {@link ComputeException}.
 */
public interface ComputeCatalogue {

  /**
   * An image.
   *
   * @param architecture such as {@code x86_64}
   * @param virtualization {@code hvm} or {@code paravirtual}
   * @param ena whether it has the driver that current types need
   * @param rootGib size of the root device's snapshot; null for an image without EBS root device
   */
  record Image(
      String imageId,
      String state,
      @Nullable String architecture,
      @Nullable String virtualization,
      boolean ena,
      @Nullable Integer rootGib) {}

  /**
   * An instance type.
   *
   * @param enaRequired whether it only starts images with that driver
   * @param encryptedVolumes whether it takes encrypted volumes
   */
  record Type(
      String name,
      List<String> architectures,
      List<String> virtualizations,
      List<String> rootDevices,
      List<String> usageClasses,
      boolean enaRequired,
      boolean encryptedVolumes) {}

  /** A type that can be had in a zone. */
  record Offer(String type, String zone) {}

  /** A subnet. */
  record Subnet(String subnetId, String state, String vpcId, String zone) {}

  /** A security group. */
  record Group(String groupId, String vpcId) {}

  /** Images with these ids. */
  Uni<List<Image>> images(Collection<String> ids);

  /** Instance types of these names. */
  Uni<List<Type>> types(Collection<String> names);

  /** Which of these types are offered in which of these zones. */
  Uni<List<Offer>> offers(Collection<String> types, Collection<String> zones);

  /** Subnets with these ids. */
  Uni<List<Subnet>> subnets(Collection<String> ids);

  /** Security groups with these ids. */
  Uni<List<Group>> groups(Collection<String> ids);
}
