package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Catalogue;
import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.Instance;
import dev.valet.local.ec2.fleet.InstanceState;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lists instances by id or by filters, whole or in pages. */
final class DescribeInstances implements Action {

  private static final int MAX_PAGE = 1000;

  private final Fleet fleet;
  private final InstanceXml xml;
  private final Filters<Instance> filters;

  DescribeInstances(Fleet fleet, InstanceXml xml) {
    this.fleet = fleet;
    this.xml = xml;
    this.filters = Filters.of(known(xml)).withTags(Instance::tags);
  }

  private static Map<String, Function<Instance, Collection<String>>> known(InstanceXml xml) {
    return Map.of(
        "instance-id", instance -> List.of(instance.id()),
        "instance-state-name", instance -> List.of(instance.state().wireName()),
        "client-token", instance -> present(instance.launch().clientToken()),
        "subnet-id", instance -> whileAlive(instance, instance.launch().subnetId()),
        "vpc-id", instance -> whileAlive(instance, Catalogue.VPC),
        "private-ip-address", instance -> whileAlive(instance, instance.launch().privateIp()),
        "instance-type", instance -> List.of(instance.launch().instanceType()),
        "image-id", instance -> List.of(instance.launch().imageId()),
        "reservation-id", instance -> List.of(instance.launch().reservationId()),
        "availability-zone", instance -> List.of(xml.zone(instance.launch())));
  }

  private static Collection<String> present(@org.jspecify.annotations.Nullable String value) {
    return Optional.ofNullable(value).stream().toList();
  }

  private static Collection<String> whileAlive(Instance instance, String value) {
    return instance.state() == InstanceState.TERMINATED ? List.of() : List.of(value);
  }

  @Override
  public Work prepare(QueryParameters parameters) {
    List<String> ids = InstanceIds.optional(parameters);
    Predicate<Instance> wanted = filters.read(parameters);
    Paging paging = Paging.read(parameters, MAX_PAGE);
    if (!ids.isEmpty() && paging.isWanted()) {
      throw Ec2Refusal.invalidCombination(
          "The parameter instancesSet cannot be used with the parameter maxResults");
    }
    return answer -> write(answer, select(ids), wanted, paging);
  }

  private List<Instance> select(List<String> ids) {
    return ids.isEmpty() ? fleet.instances() : fleet.require(ids);
  }

  private void write(
      XmlAnswer answer, List<Instance> all, Predicate<Instance> wanted, Paging paging) {
    Paging.Page<Instance> page =
        paging.of(all.stream().filter(wanted).toList(), each -> each.launch().sequence());
    answer
        .list("reservationSet", reservations(page.items()), xml::writeReservation)
        .element("nextToken", page.nextToken());
  }

  private static Collection<List<Instance>> reservations(List<Instance> instances) {
    return instances.stream()
        .collect(
            Collectors.groupingBy(
                instance -> instance.launch().reservationId(),
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }
}
