package dev.valet.local.ec2.fleet;

import static dev.valet.local.ec2.fleet.InstanceState.PENDING;
import static dev.valet.local.ec2.fleet.InstanceState.SHUTTING_DOWN;
import static dev.valet.local.ec2.fleet.InstanceState.STOPPING;

/** What EC2 does with a command in each state: the whole state machine, and nothing else. */
final class Lifecycle {

  private Lifecycle() {}

  /** What becomes of a command. */
  sealed interface Verdict {}

  /** The instance changes state at once; its transition takes its time from here. */
  record Move(InstanceState to) implements Verdict {}

  /** The command is accepted and changes no state: it is satisfied already, or a reboot. */
  record Accept() implements Verdict {}

  /** The command is accepted and nothing at all happens. */
  record Ignore() implements Verdict {}

  /** The command is impossible now, and so is the whole call: IncorrectInstanceState. */
  record Refuse(String message) implements Verdict {}

  static Verdict judge(Command command, Instance instance) {
    return judge(command, instance.id(), instance.status().state(), instance.status().everRan());
  }

  /**
   * Judges one command.
   *
   * @param everRan whether the instance has reached {@code running} since it was launched
   */
  static Verdict judge(Command command, String id, InstanceState state, boolean everRan) {
    return switch (command) {
      case START -> start(id, state);
      case STOP -> stop(id, state, everRan);
      case REBOOT -> reboot(id, state);
      case TERMINATE -> terminate(state);
    };
  }

  private static Verdict start(String id, InstanceState state) {
    return switch (state) {
      case STOPPED -> new Move(PENDING);
      case PENDING, RUNNING -> new Ignore();
      case STOPPING, SHUTTING_DOWN, TERMINATED ->
          new Refuse(
              "The instance '%s' is not in a state from which it can be started.".formatted(id));
    };
  }

  private static Verdict stop(String id, InstanceState state, boolean everRan) {
    return switch (state) {
      case RUNNING -> new Move(STOPPING);
      case PENDING ->
          everRan
              ? new Move(STOPPING)
              : new Refuse(
                  ("The instance '%s' cannot be stopped as it has never reached the 'running'"
                          + " state.")
                      .formatted(id));
      case STOPPING, STOPPED -> new Ignore();
      case SHUTTING_DOWN, TERMINATED ->
          new Refuse(
              "This instance '%s' is not in a state from which it can be stopped.".formatted(id));
    };
  }

  private static Verdict reboot(String id, InstanceState state) {
    return switch (state) {
      case RUNNING -> new Accept();
      // It is about to boot anyway, or it is past all booting.
      case PENDING, SHUTTING_DOWN, TERMINATED -> new Ignore();
      case STOPPING, STOPPED ->
          new Refuse(
              "The instance '%s' is not in a state from which it can be rebooted.".formatted(id));
    };
  }

  private static Verdict terminate(InstanceState state) {
    return switch (state) {
      case PENDING, RUNNING, STOPPING, STOPPED -> new Move(SHUTTING_DOWN);
      case SHUTTING_DOWN, TERMINATED -> new Ignore();
    };
  }
}
