package dev.valet.local.ec2.chaos;

/** Agents switched off and on behind the back of their instances. */
public interface AgentSwitch {

  /**
   * Kills an agent.
   *
   * @return false when none was running
   */
  boolean kill(String instanceId);

  /**
   * Boots the machine of a running instance again.
   *
   * @return false when its agent is running
   */
  boolean start(String instanceId);
}
