package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Command;
import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.wire.Account;
import dev.valet.local.ec2.wire.Ec2Refusal;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** All actions that a local EC2 knows, by name. */
public final class Actions {

  private static final String VERSION = "2016-11-15";

  private final Map<String, Action> byName;

  /** The actions on a fleet. */
  public Actions(Fleet fleet, Account account, Clock clock) {
    InstanceXml xml = new InstanceXml(fleet.catalogue(), account);
    this.byName =
        Map.ofEntries(
            Map.entry("RunInstances", new RunInstances(fleet, xml)),
            Map.entry("DescribeInstances", new DescribeInstances(fleet, xml)),
            Map.entry("DescribeInstanceStatus", new DescribeInstanceStatus(fleet, clock)),
            Map.entry("StartInstances", new CommandInstances(fleet, Command.START)),
            Map.entry("StopInstances", new CommandInstances(fleet, Command.STOP)),
            Map.entry("TerminateInstances", new CommandInstances(fleet, Command.TERMINATE)),
            Map.entry("RebootInstances", new CommandInstances(fleet, Command.REBOOT)),
            Map.entry("CreateTags", new CreateTags(fleet)),
            Map.entry("DeleteTags", new DeleteTags(fleet)),
            Map.entry("DescribeImages", new DescribeImages(account)),
            Map.entry("DescribeInstanceTypes", new DescribeInstanceTypes(fleet.catalogue())),
            Map.entry(
                "DescribeInstanceTypeOfferings",
                new DescribeInstanceTypeOfferings(fleet.catalogue())),
            Map.entry("DescribeSubnets", new DescribeSubnets(fleet, account)),
            Map.entry("DescribeSecurityGroups", new DescribeSecurityGroups(account)));
  }

  /** The names of all actions. */
  public Set<String> names() {
    return byName.keySet();
  }

  /**
   * Which action is called.
   *
   * @throws Ec2Refusal InvalidAction or NoSuchVersion
   */
  public String name(QueryParameters parameters) {
    String name = parameters.required("Action");
    String version = parameters.required("Version");
    if (!byName.containsKey(name)) {
      throw Ec2Refusal.badRequest(
          "InvalidAction", "The action " + name + " is not valid for this web service.");
    }
    if (!version.equals(VERSION)) {
      throw Ec2Refusal.badRequest(
          "NoSuchVersion", "The version " + version + " is not known; use " + VERSION + ".");
    }
    return name;
  }

  /**
   * Carries out a call.
   *
   * @return the body of the answer
   * @throws Ec2Refusal when it is refused, or would not be but is a dry run
   */
  public byte[] call(QueryParameters parameters, String requestId) {
    String name = name(parameters);
    boolean dryRun = parameters.flag("DryRun").orElse(false);
    Action action = byName.getOrDefault(name, unread -> answer -> {});
    Action.Work work = action.prepare(parameters);
    parameters.refuseUnread();
    if (dryRun) {
      throw Ec2Refusal.dryRun();
    }
    XmlAnswer answer = XmlAnswer.to(name, requestId);
    work.answer(answer);
    return answer.bytes();
  }
}
