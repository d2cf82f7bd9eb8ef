package dev.valet.local.ec2.fleet;

import java.util.List;
import java.util.Optional;

/** What a local EC2 has on offer: one VPC, three subnets, one security group, one image. */
public final class Catalogue {

  /** The VPC that everything is in. */
  public static final String VPC = "vpc-0a1e7000000000001";

  /** The subnet in zone a; b and c follow. */
  public static final String SUBNET_A = "subnet-0a1e7000000000001";

  /** The subnet in zone b. */
  public static final String SUBNET_B = "subnet-0a1e7000000000002";

  /** The subnet in zone c. */
  public static final String SUBNET_C = "subnet-0a1e7000000000003";

  /** The security group that an instance gets when its launch names none. */
  public static final String SECURITY_GROUP = "sg-0a1e7000000000001";

  /** The image of every instance. */
  public static final String IMAGE = "ami-0a1e7000000000001";

  /** The device of an instance's root volume. */
  public static final String ROOT_DEVICE = "/dev/xvda";

  /** The size of the image's snapshot: no root volume is smaller. */
  public static final int ROOT_SIZE_GIB = 8;

  /**
   * A subnet: a zone's part of the network.
   *
   * @param first the last number of its first address that an instance can have
   * @param last the last number of its last one
   */
  public record Subnet(
      String id, String zone, String zoneId, String cidr, int first, int last, boolean isDefault) {}

  /**
   * An instance type with its true size.
   *
   * @param zones letters of the zones that have it: as in EC2, not every zone has every type
   */
  public record InstanceType(
      String name,
      int vcpus,
      int memoryMiB,
      String networkPerformance,
      String architecture,
      String zones) {

    /** Whether a zone has it. */
    public boolean isOfferedIn(Subnet subnet) {
      return zones.indexOf(subnet.zone().charAt(subnet.zone().length() - 1)) >= 0;
    }
  }

  /** The architecture of the image. */
  public static final String ARCHITECTURE = "x86_64";

  private static final List<InstanceType> TYPES =
      List.of(
          new InstanceType("t3.medium", 2, 4096, "Up to 5 Gigabit", ARCHITECTURE, "abc"),
          new InstanceType("t3.large", 2, 8192, "Up to 5 Gigabit", ARCHITECTURE, "abc"),
          new InstanceType("t3a.large", 2, 8192, "Up to 5 Gigabit", ARCHITECTURE, "abc"),
          new InstanceType("m6i.large", 2, 8192, "Up to 12.5 Gigabit", ARCHITECTURE, "abc"),
          new InstanceType("m7i.large", 2, 8192, "Up to 12.5 Gigabit", ARCHITECTURE, "ab"),
          new InstanceType("t4g.large", 2, 8192, "Up to 5 Gigabit", "arm64", "abc"));

  private final String region;
  private final String network;
  private final List<Subnet> subnets;

  /**
   * A catalogue for one region.
   *
   * @param network the first three numbers of all private addresses, within 127.0.0.0/8
   */
  public Catalogue(String region, String network) {
    this.region = region;
    this.network = checked(network);
    // Of each network's addresses EC2 keeps the first ones and the last one to itself.
    this.subnets =
        List.of(
            new Subnet(SUBNET_A, region + "a", "lcl1-az1", network + ".0/25", 2, 126, true),
            new Subnet(SUBNET_B, region + "b", "lcl1-az2", network + ".128/26", 129, 190, true),
            new Subnet(SUBNET_C, region + "c", "lcl1-az3", network + ".192/26", 193, 254, true));
  }

  private static String checked(String network) {
    String number = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
    if (!network.matches("127\\." + number + "\\." + number) || network.equals("127.0.0")) {
      throw new IllegalArgumentException(
          "The network must be 127.x.y (for example 127.83.12) and not 127.0.0: '" + network + "'");
    }
    return network;
  }

  /** The region's name. */
  public String region() {
    return region;
  }

  /** The VPC's address range. */
  public String vpcCidr() {
    return network + ".0/24";
  }

  /** The address with this last number. */
  public String address(int last) {
    return network + "." + last;
  }

  /** All subnets, in the order in which a launch without a wish tries them. */
  public List<Subnet> subnets() {
    return subnets;
  }

  /** The subnet with this id. */
  public Optional<Subnet> subnet(String id) {
    return subnets.stream().filter(subnet -> subnet.id().equals(id)).findFirst();
  }

  /** The subnet of a zone. */
  public Optional<Subnet> subnetOf(String zone) {
    return subnets.stream().filter(subnet -> subnet.zone().equals(zone)).findFirst();
  }

  /** All instance types. */
  public List<InstanceType> instanceTypes() {
    return TYPES;
  }

  /** The instance type of this name. */
  public Optional<InstanceType> instanceType(String name) {
    return TYPES.stream().filter(type -> type.name().equals(name)).findFirst();
  }
}
