package dev.valet.local.ec2.fleet;

import dev.valet.local.ec2.wire.Ec2Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which addresses are free. An address is taken until its instance is terminated. */
final class Addresses {

  /** Set aside for documentation (RFC 5737): nothing real ever answers there. */
  private static final String PUBLIC_NETWORK = "203.0.113.";

  private final Catalogue catalogue;
  private final Set<String> taken = new HashSet<>();

  Addresses(Catalogue catalogue, Collection<Instance> instances) {
    this.catalogue = catalogue;
    for (Instance instance : instances) {
      if (instance.state() != InstanceState.TERMINATED) {
        taken.add(instance.launch().privateIp());
      }
      if (instance.status().publicIp() != null) {
        taken.add(instance.status().publicIp());
      }
    }
  }

  /** The free private addresses of a subnet, lowest first. */
  List<String> free(Catalogue.Subnet subnet) {
    List<String> free = new ArrayList<>();
    for (int last = subnet.first(); last <= subnet.last(); last++) {
      String address = catalogue.address(last);
      if (!taken.contains(address)) {
        free.add(address);
      }
    }
    return free;
  }

  /** Takes a public address. */
  String takePublic() {
    for (int last = 1; last <= 254; last++) {
      if (taken.add(PUBLIC_NETWORK + last)) {
        return PUBLIC_NETWORK + last;
      }
    }
    throw Ec2Refusal.serverError(
        "InsufficientAddressCapacity", 500, "There are not enough available public addresses.");
  }
}
