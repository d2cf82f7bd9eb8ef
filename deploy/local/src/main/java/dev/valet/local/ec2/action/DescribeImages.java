package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.wire.Account;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Lists the one image: the agent as it was built. */
record DescribeImages(Account account) implements Action {

  private static final String NAME = "valet-local-agent";

  private static final Filters<String> FILTERS =
      Filters.<String>of(
              Map.of(
                  "image-id", List::of,
                  "name", image -> List.of(NAME),
                  "state", image -> List.of("available"),
                  "architecture", image -> List.of("x86_64"),
                  "is-public", image -> List.of("false"),
                  "root-device-type", image -> List.of("ebs"),
                  "virtualization-type", image -> List.of("hvm")))
          .withTags(image -> Map.of());

  @Override
  public Work prepare(QueryParameters parameters) {
    parameters.texts("ImageId").forEach(DescribeImages::check);
    Set<String> owners = Set.copyOf(parameters.texts("Owner"));
    boolean ours = owners.isEmpty() || owners.contains("self") || owners.contains(account.id());
    Predicate<String> wanted = FILTERS.read(parameters).and(image -> ours);
    Paging paging = Paging.read(parameters, 1000);
    List<String> images = List.of(Catalogue.IMAGE).stream().filter(wanted).toList();
    return answer -> answer.list("imagesSet", paging.of(images, i -> 0).items(), this::writeImage);
  }

  /**
   * Refuses every image but ours.
   *
   * @throws Ec2Refusal InvalidAMIID.Malformed or InvalidAMIID.NotFound
   */
  static void check(String image) {
    if (!image.matches("ami-([0-9a-f]{8}|[0-9a-f]{17})")) {
      throw Ec2Refusal.badRequest("InvalidAMIID.Malformed", "Invalid id: \"" + image + "\"");
    }
    if (!image.equals(Catalogue.IMAGE)) {
      throw Ec2Refusal.badRequest(
          "InvalidAMIID.NotFound", "The image id '[" + image + "]' does not exist");
    }
  }

  private void writeImage(XmlAnswer answer, String image) {
    answer
        .element("imageId", image)
        .element("imageLocation", account.id() + "/" + NAME)
        .element("imageState", "available")
        .element("imageOwnerId", account.id())
        .element("creationDate", "2026-01-01T00:00:00.000Z")
        .element("isPublic", false)
        .element("architecture", "x86_64")
        .element("imageType", "machine")
        .element("name", NAME)
        .element("rootDeviceType", "ebs")
        .element("rootDeviceName", Catalogue.ROOT_DEVICE)
        .list("blockDeviceMapping", List.of(Catalogue.ROOT_DEVICE), DescribeImages::writeDevice)
        .element("virtualizationType", "hvm")
        .element("hypervisor", "xen")
        .element("enaSupport", true)
        .element("platformDetails", "Linux/UNIX")
        .element("usageOperation", "RunInstances")
        .element("imdsSupport", "v2.0");
    Tags.write(answer, Map.of());
  }

  private static void writeDevice(XmlAnswer answer, String device) {
    answer
        .element("deviceName", device)
        .nested(
            "ebs",
            ebs ->
                ebs.element("snapshotId", "snap-0a1e7000000000001")
                    .element("volumeSize", Catalogue.ROOT_SIZE_GIB)
                    .element("volumeType", "gp3")
                    .element("deleteOnTermination", true)
                    .element("encrypted", false));
  }
}
