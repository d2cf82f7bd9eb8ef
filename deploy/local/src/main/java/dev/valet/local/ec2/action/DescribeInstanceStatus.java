package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.Instance;
import dev.valet.local.ec2.fleet.InstanceState;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The status checks, which judge the machine and not what runs on it. */
final class DescribeInstanceStatus implements Action {

  private static final int MAX_PAGE = 1000;
  private static final int MAX_IDS = 100;

  private final Fleet fleet;
  private final Clock clock;
  private final Filters<Instance> filters;

  DescribeInstanceStatus(Fleet fleet, Clock clock) {
    this.fleet = fleet;
    this.clock = clock;
    this.filters =
        Filters.of(
            Map.of(
                "availability-zone", instance -> List.of(zone(instance)),
                "instance-state-name", instance -> List.of(instance.state().wireName()),
                "instance-status.status", instance -> List.of(check(instance)),
                "system-status.status", instance -> List.of(check(instance))));
  }

  @Override
  public Work prepare(QueryParameters parameters) {
    List<String> ids = InstanceIds.optional(parameters);
    if (ids.size() > MAX_IDS) {
      throw Ec2Refusal.invalidValue("At most 100 instance ids are allowed in one call.");
    }
    boolean all = parameters.flag("IncludeAllInstances").orElse(false);
    Predicate<Instance> wanted =
        filters.read(parameters).and(instance -> all || instance.state() == InstanceState.RUNNING);
    Paging paging = Paging.read(parameters, MAX_PAGE);
    if (!ids.isEmpty() && paging.isWanted()) {
      throw Ec2Refusal.invalidCombination(
          "The parameter instancesSet cannot be used with the parameter maxResults");
    }
    return answer -> write(answer, ids, wanted, paging);
  }

  private void write(
      XmlAnswer answer, List<String> ids, Predicate<Instance> wanted, Paging paging) {
    List<Instance> candidates = ids.isEmpty() ? fleet.instances() : fleet.require(ids);
    Paging.Page<Instance> page =
        paging.of(candidates.stream().filter(wanted).toList(), each -> each.launch().sequence());
    answer
        .list("instanceStatusSet", page.items(), this::writeStatus)
        .element("nextToken", page.nextToken());
  }

  private void writeStatus(XmlAnswer answer, Instance instance) {
    answer
        .element("instanceId", instance.id())
        .element("availabilityZone", zone(instance))
        .nested("instanceState", s -> CommandInstances.writeState(s, instance.state()))
        .nested("instanceStatus", s -> writeCheck(s, check(instance)))
        .nested("systemStatus", s -> writeCheck(s, check(instance)));
  }

  private static void writeCheck(XmlAnswer answer, String status) {
    answer.element("status", status);
    if (!status.equals("not-applicable")) {
      String detail = status.equals("ok") ? "passed" : status;
      answer.list(
          "details",
          List.of(detail),
          (item, each) -> item.element("name", "reachability").element("status", each));
    }
  }

  private String check(Instance instance) {
    if (instance.state() != InstanceState.RUNNING) {
      return "not-applicable";
    }
    boolean settled =
        !instance.status().since().plus(fleet.timings().checks()).isAfter(clock.instant());
    return settled ? "ok" : "initializing";
  }

  private String zone(Instance instance) {
    return fleet
        .catalogue()
        .subnet(instance.launch().subnetId())
        .map(subnet -> subnet.zone())
        .orElse("");
  }
}
