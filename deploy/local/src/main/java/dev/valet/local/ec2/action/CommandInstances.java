package dev.valet.local.ec2.action;

import dev.valet.local.ec2.fleet.Command;
import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.InstanceState;
import dev.valet.local.ec2.fleet.StateChange;
import dev.valet.local.ec2.wire.QueryParameters;
import dev.valet.local.ec2.wire.XmlAnswer;
import java.util.List;

/** Start, stop, reboot and terminate, which differ only in the command. */
record CommandInstances(Fleet fleet, Command command) implements Action {

  @Override
  public Work prepare(QueryParameters parameters) {
    List<String> ids = InstanceIds.required(parameters);
    if (command == Command.STOP) {
      // A forced stop still tries to shut down in good order first, as a stop does here anyway.
      var _ = parameters.flag("Force");
    }
    return answer -> write(answer, fleet.command(command, ids));
  }

  private void write(XmlAnswer answer, List<StateChange> changes) {
    if (command == Command.REBOOT) {
      answer.element("return", true);
    } else {
      answer.list("instancesSet", changes, CommandInstances::writeChange);
    }
  }

  private static void writeChange(XmlAnswer answer, StateChange change) {
    answer
        .element("instanceId", change.instanceId())
        .nested("currentState", state -> writeState(state, change.current()))
        .nested("previousState", state -> writeState(state, change.previous()));
  }

  static void writeState(XmlAnswer answer, InstanceState state) {
    answer.element("code", state.code()).element("name", state.wireName());
  }
}
