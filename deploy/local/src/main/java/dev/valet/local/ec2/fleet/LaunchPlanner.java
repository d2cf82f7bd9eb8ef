package dev.valet.local.ec2.fleet;

import dev.valet.local.ec2.wire.Ec2Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a launch request into instances: how many, where, with which ids and addresses. */
final class LaunchPlanner {

  private final Catalogue catalogue;
  private final Ids ids = new Ids();

  LaunchPlanner(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * As many instances as there is room for, up to the wanted number.
   *
   * @throws Ec2Refusal InsufficientFreeAddressesInSubnet when that is less than the least number,
   *     Unsupported when the zone does not have the type
   */
  List<Instance> plan(LaunchRequest request, Inventory inventory, Instant now) {
    Addresses addresses = new Addresses(catalogue, inventory.all());
    Catalogue.Subnet subnet = subnet(request, addresses);
    List<String> free = addresses.free(subnet);
    int count = Math.min(request.maxCount(), free.size());
    if (count < request.minCount()) {
      throw Ec2Refusal.badRequest(
          "InsufficientFreeAddressesInSubnet",
          "There are not enough free addresses in subnet '%s' to satisfy the requested number of instances."
              .formatted(subnet.id()));
    }
    String reservation = ids.next("r");
    long sequence = inventory.nextSequence();
    List<Instance> planned = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      Launch launch =
          launch(request, subnet, reservation, index, sequence + index, free.get(index), now);
      String publicIp = request.publicAddress() ? addresses.takePublic() : null;
      planned.add(
          new Instance(
              launch, Status.launched(now, publicIp), volumes(request), request.instanceTags()));
    }
    return planned;
  }

  private Catalogue.Subnet subnet(LaunchRequest request, Addresses addresses) {
    if (request.subnetId() != null) {
      Catalogue.Subnet asked = catalogue.subnet(request.subnetId()).orElseThrow();
      refuseUnlessOffered(request, asked);
      return asked;
    }
    return offering(request)
        .filter(subnet -> addresses.free(subnet).size() >= request.maxCount())
        .findFirst()
        .orElseGet(() -> roomiest(request, addresses));
  }

  private Stream<Catalogue.Subnet> offering(LaunchRequest request) {
    Catalogue.InstanceType type = catalogue.instanceType(request.instanceType()).orElseThrow();
    return catalogue.subnets().stream().filter(type::isOfferedIn);
  }

  private void refuseUnlessOffered(LaunchRequest request, Catalogue.Subnet asked) {
    List<Catalogue.Subnet> offering = offering(request).toList();
    if (!offering.contains(asked)) {
      throw Ec2Refusal.badRequest(
          "Unsupported",
          "Your requested instance type (%s) is not supported in your requested Availability Zone (%s). Please retry your request by not specifying an Availability Zone or choosing %s."
              .formatted(
                  request.instanceType(),
                  asked.zone(),
                  offering.stream().map(Catalogue.Subnet::zone).collect(Collectors.joining(", "))));
    }
  }

  private Catalogue.Subnet roomiest(LaunchRequest request, Addresses addresses) {
    return offering(request)
        .max(Comparator.comparingInt(subnet -> addresses.free(subnet).size()))
        .orElseThrow();
  }

  private Launch launch(
      LaunchRequest request,
      Catalogue.Subnet subnet,
      String reservation,
      int index,
      long sequence,
      String privateIp,
      Instant now) {
    return new Launch(
        sequence,
        ids.next("i"),
        reservation,
        index,
        request.imageId(),
        request.instanceType(),
        subnet.id(),
        privateIp,
        request.publicAddress(),
        ids.next("eni"),
        request.securityGroups(),
        request.clientToken(),
        request.shutdownBehavior(),
        request.metadata(),
        request.iamInstanceProfile(),
        request.keyName(),
        request.monitoring(),
        request.ebsOptimized(),
        request.userData(),
        now);
  }

  private List<Volume> volumes(LaunchRequest request) {
    return request.volumes().stream()
        .map(wanted ->
            new Volume(
                ids.next("vol"),
                wanted.device(),
                wanted.sizeGiB(),
                wanted.type(),
                wanted.encrypted(),
                wanted.deleteOnTermination(),
                request.volumeTags()))
        .toList();
  }
}
