package dev.valet.local.ec2.chaos;

import dev.valet.local.ec2.fleet.Command;
import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.Instance;
import dev.valet.local.ec2.fleet.InstanceState;
import dev.valet.local.ec2.fleet.SpotNotices;
import dev.valet.local.ec2.fleet.StateChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The faults that can be made. Each says in one line what it did. */
public final class Chaos {

  private static final Duration NOTICE = Duration.ofMinutes(2);

  private final Fleet fleet;
  private final AgentSwitch agents;
  private final SpotNotices notices;
  private final Clock clock;
  private final Holds holds;
  private final Set<String> actions;
  private final Runnable changed;

  /**
   * Faults for a fleet.
   *
   * @param clock tells when EC2 would give notice
   * @param actions the names that can be held
   * @param changed run after a fault that changes the state of an instance
   */
  public Chaos(
      Fleet fleet,
      AgentSwitch agents,
      SpotNotices notices,
      Clock clock,
      Holds holds,
      Set<String> actions,
      Runnable changed) {
    this.fleet = fleet;
    this.agents = agents;
    this.notices = notices;
    this.clock = clock;
    this.holds = holds;
    this.actions = actions;
    this.changed = changed;
  }

  /**
   * Terminates an instance as somebody else with the same account would.
   *
   * @throws ChaosRefusal when there is none
   */
  public String terminate(String instanceId) {
    known(instanceId);
    StateChange change = fleet.command(Command.TERMINATE, List.of(instanceId)).getFirst();
    changed.run();
    return "%s is %s, was %s"
        .formatted(instanceId, change.current().wireName(), change.previous().wireName());
  }

  /**
   * Kills the agent of an instance, which stays {@code running}.
   *
   * @throws ChaosRefusal when there is no such instance or no agent on it
   */
  public String killAgent(String instanceId) {
    known(instanceId);
    if (!agents.kill(instanceId)) {
      throw new ChaosRefusal(409, "No agent is running on " + instanceId);
    }
    return "the agent of " + instanceId + " is killed";
  }

  /**
   * Boots a machine whose agent was killed.
   *
   * @throws ChaosRefusal when the instance is not running or its agent is
   */
  public String startAgent(String instanceId) {
    Instance instance = known(instanceId);
    if (instance.state() != InstanceState.RUNNING) {
      throw new ChaosRefusal(409, instanceId + " is " + instance.state().wireName());
    }
    if (!agents.start(instanceId)) {
      throw new ChaosRefusal(409, "The agent of " + instanceId + " is running already");
    }
    return "the agent of " + instanceId + " is started";
  }

  /**
   * Gives two minutes' notice, as EC2 does, and terminates the instance then.
   *
   * @throws ChaosRefusal when the instance is not running
   */
  public String spotNotice(String instanceId) {
    Instance instance = known(instanceId);
    if (instance.state() != InstanceState.RUNNING) {
      throw new ChaosRefusal(409, instanceId + " is " + instance.state().wireName());
    }
    Instant end = clock.instant().plus(NOTICE).truncatedTo(ChronoUnit.SECONDS);
    Instant told = notices.announce(instanceId, end);
    changed.run();
    return instanceId + " will be terminated at " + told;
  }

  private Instance known(String instanceId) {
    return fleet
        .find(instanceId)
        .orElseThrow(() -> new ChaosRefusal(404, "There is no instance '" + instanceId + "'"));
  }

  /**
   * Makes all further calls of an action wait.
   *
   * @throws ChaosRefusal when there is no such action
   */
  public String hold(String action, Holds.Moment moment) {
    if (!actions.contains(action)) {
      throw new ChaosRefusal(
          400, "'" + action + "' is no action; one of " + new TreeSet<>(actions));
    }
    holds.hold(action, moment);
    return moment == Holds.Moment.BEFORE
        ? action + " waits before it acts"
        : action + " acts and then waits before it answers";
  }

  /** Lets all waiting calls go on and clears all holds. */
  public String release() {
    Map<String, Integer> waiting = holds.waiting();
    holds.release();
    return waiting.isEmpty() ? "nothing was held" : "released " + waiting;
  }

  /** How many calls wait at each held place, for example {@code {"RunInstances after": 1}}. */
  public Map<String, Integer> waiting() {
    return holds.waiting();
  }
}
