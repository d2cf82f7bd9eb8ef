package dev.valet.local.ec2.fleet;

import dev.valet.local.ec2.wire.Ec2Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns a command on some instances into what has to change, for all of them or for none. */
final class CommandPlanner {

  private final Command command;
  private final Addresses addresses;
  private final Instant now;
  private final List<Change> changes = new ArrayList<>();
  private final List<MachineOrder> orders = new ArrayList<>();
  private final List<StateChange> outcome = new ArrayList<>();

  private CommandPlanner(Command command, Addresses addresses, Instant now) {
    this.command = command;
    this.addresses = addresses;
    this.now = now;
  }

  /**
   * What a command comes to.
   *
   * @param outcome what happens to each instance, in their order
   */
  record Plan(List<Change> changes, List<MachineOrder> orders, List<StateChange> outcome) {}

  /**
   * Plans a command.
   *
   * @param addresses of which a start takes public ones
   * @throws Ec2Refusal IncorrectInstanceState when one instance is in the wrong state for it
   */
  static Plan plan(Command command, List<Instance> targets, Addresses addresses, Instant now) {
    CommandPlanner planner = new CommandPlanner(command, addresses, now);
    targets.forEach(planner::add);
    return new Plan(planner.changes, planner.orders, planner.outcome);
  }

  private void add(Instance target) {
    InstanceState after =
        switch (Lifecycle.judge(command, target)) {
          case Lifecycle.Refuse(String message) ->
              throw Ec2Refusal.badRequest("IncorrectInstanceState", message);
          case Lifecycle.Ignore() -> target.state();
          case Lifecycle.Accept() -> {
            orders.add(new MachineOrder.Reboot(target.id()));
            yield target.state();
          }
          case Lifecycle.Move(InstanceState to) -> {
            move(target, to);
            yield to;
          }
        };
    outcome.add(new StateChange(target.id(), target.state(), after));
  }

  private void move(Instance target, InstanceState to) {
    if (to == InstanceState.PENDING) {
      String publicIp = target.launch().publicAddress() ? addresses.takePublic() : null;
      changes.add(new Change.Moved(target.id(), target.status().started(now, publicIp)));
    } else {
      changes.add(new Change.Moved(target.id(), target.status().ending(to, now)));
      orders.add(new MachineOrder.ShutDown(target.id()));
    }
  }
}
