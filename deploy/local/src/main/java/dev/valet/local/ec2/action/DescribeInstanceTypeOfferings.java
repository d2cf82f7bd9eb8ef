package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists which instance type can be had where: in the region, or zone by zone. */
record DescribeInstanceTypeOfferings(Catalogue catalogue) implements Action {

  private static final int MAX_PAGE = 1000;
  private static final Set<String> LOCATION_TYPES =
      Set.of("region", "availability-zone", "availability-zone-id", "outpost");

  private static final Filters<Offering> FILTERS =
      Filters.of(
          Map.of(
              "instance-type", offering -> List.of(offering.type()),
              "location", offering -> List.of(offering.location())));

  /** A type in a place. */
  private record Offering(String type, String locationType, String location) {}

  @Override
  public Work prepare(QueryParameters parameters) {
    String locationType = parameters.oneOf("LocationType", LOCATION_TYPES).orElse("region");
    Predicate<Offering> wanted = FILTERS.read(parameters);
    Paging paging = Paging.read(parameters, MAX_PAGE);
    List<Offering> all =
        catalogue.instanceTypes().stream().flatMap(type -> of(type, locationType)).toList();
    return answer -> {
      var page = paging.of(all.stream().filter(wanted).toList(), all::indexOf);
      answer
          .list("instanceTypeOfferingSet", page.items(), DescribeInstanceTypeOfferings::write)
          .element("nextToken", page.nextToken());
    };
  }

  private Stream<Offering> of(Catalogue.InstanceType type, String locationType) {
    return switch (locationType) {
      case "region" -> Stream.of(new Offering(type.name(), locationType, catalogue.region()));
      case "availability-zone" -> perZone(type, locationType, Catalogue.Subnet::zone);
      case "availability-zone-id" -> perZone(type, locationType, Catalogue.Subnet::zoneId);
      default -> Stream.of();
    };
  }

  private Stream<Offering> perZone(
      Catalogue.InstanceType type, String locationType, Function<Catalogue.Subnet, String> place) {
    return catalogue.subnets().stream()
        .filter(type::isOfferedIn)
        .map(subnet -> new Offering(type.name(), locationType, place.apply(subnet)));
  }

  private static void write(XmlAnswer answer, Offering offering) {
    answer
        .element("instanceType", offering.type())
        .element("locationType", offering.locationType())
        .element("location", offering.location());
  }
}
