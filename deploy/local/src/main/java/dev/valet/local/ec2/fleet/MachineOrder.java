package dev.valet.local.ec2.fleet;

/** What a command wants of a machine at once; what takes time follows from the instance's state. */
public sealed interface MachineOrder {

  /** The instance whose machine is meant. */
  String instanceId();

  /** Ask the machine to shut down; its power is cut when the transition is due. */
  record ShutDown(String instanceId) implements MachineOrder {}

  /** Shut the machine down and switch it on again. */
  record Reboot(String instanceId) implements MachineOrder {}
}
