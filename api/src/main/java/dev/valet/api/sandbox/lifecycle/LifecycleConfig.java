package dev.valet.api.sandbox.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long a phase may last, and how often things are looked at. */
@ConfigMapping(prefix = "valet.lifecycle")
interface LifecycleConfig {

  /** From the first launch attempt until an instance exists. */
  @WithDefault("15M")
  Duration launchDeadline();

  /** From launch or start until the agent's contact; also the life of a bootstrap token. */
  @WithDefault("10M")
  Duration bootDeadline();

  /** From RebootInstances until the agent's contact; then it is stopped and started instead. */
  @WithDefault("3M")
  Duration rebootDeadline();

  /**
   * From StopInstances until EC2 says stopped; then it is forced, and given up after twice that.
   */
  @WithDefault("10M")
  Duration stopDeadline();

  /** From TerminateInstances until EC2 says terminated; later a condition tells of it. */
  @WithDefault("10M")
  Duration terminateDeadline();

  /**
   * How long running tasks are waited for before a sandbox is stopped, restarted, replaced or
   * terminated; two minutes, which is also what EC2 leaves a spot instance.
   */
  @WithDefault("2M")
  Duration drainDeadline();

  /** How long an agent may be silent while it is drained. */
  @WithDefault("10S")
  Duration drainSilence();

  /**
   * How long a paused worker may still be sent tasks: Hatchet's scheduler learns of the pause with
   * its next lease, after up to 5 seconds.
   */
  @WithDefault("6S")
  Duration drainSettle();

  /** How often a draining agent is asked. */
  @WithDefault("2S")
  Duration drainPeriod();

  /** How long EC2's answers may lack an instance until it counts as gone. */
  @WithDefault("5M")
  Duration absenceBelieved();

  /**
   * How long after RunInstances was last sent a complete listing is believed to show its instance;
   * at least 5 minutes.
   */
  @WithDefault("5M")
  @DurationMin(minutes = 5)
  Duration launchVisible();

  /** How long an accepted call may take to show in EC2's answers before it is repeated. */
  @WithDefault("30S")
  Duration actionGrace();

  /** How often a settled sandbox is looked at although nothing woke it. */
  @WithDefault("2M")
  Duration settledPeriod();

  /** How often a sandbox on its way is looked at. */
  @WithDefault("1S")
  Duration transitionPeriod();

  /** Automatic restarts of an unhealthy sandbox within an hour. */
  @WithDefault("3")
  int repairsPerHour();

  /** Life of a claim on a sandbox; a call to EC2 times out in under half of it. */
  @WithDefault("30S")
  Duration lease();

  /** Sandboxes worked on at once by one replica. */
  @WithDefault("100")
  int concurrency();

  /** How often all instances of the installation are listed. */
  @WithDefault("30S")
  Duration sweepPeriod();

  /** How long an offering without capacity is not tried again. */
  @WithDefault("3M")
  Duration offeringCooldown();
}
