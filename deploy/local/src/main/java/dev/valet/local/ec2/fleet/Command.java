package dev.valet.local.ec2.fleet;

/** What can be asked of an instance that exists. */
public enum Command {
  START,
  STOP,
  REBOOT,
  TERMINATE
}
