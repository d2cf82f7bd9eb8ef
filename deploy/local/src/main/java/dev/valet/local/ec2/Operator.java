package dev.valet.local.ec2;

import dev.valet.local.ec2.chaos.AgentSwitch;
import dev.valet.local.ec2.fleet.Command;
import dev.valet.local.ec2.fleet.Fleet;
import dev.valet.local.ec2.fleet.Instance;
import dev.valet.local.ec2.fleet.InstanceState;
import dev.valet.local.ec2.fleet.MachineOrder;
import dev.valet.local.ec2.fleet.SpotNotices;
import dev.valet.local.ec2.fleet.Volume;
import dev.valet.local.ec2.machine.Machine;
import dev.valet.local.ec2.machine.MachineRoom;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the machines follow the fleet, and the fleet the time. All of it happens on one thread, in
 * order: see {@link MachineRoom}.
 */
final class Operator implements AgentSwitch {

  private static final System.Logger LOG = System.getLogger(Operator.class.getName());

  /** Looked at least so often, in case the clock jumps. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Fleet fleet;
  private final SpotNotices notices;
  private final MachineRoom room;
  private final Function<String, URI> metadataEndpoint;
  private final Clock clock;
  private final boolean stepped;
  private final Map<String, Instant> rebooting = new HashMap<>();
  private final ScheduledThreadPoolExecutor thread;
  private @Nullable ScheduledFuture<?> next;

  /**
   * An operator that has not begun yet.
   *
   * @param stepped whether time passes only in {@link #step}
   */
  Operator(
      Fleet fleet,
      SpotNotices notices,
      MachineRoom room,
      Function<String, URI> metadataEndpoint,
      Clock clock,
      boolean stepped) {
    this.fleet = fleet;
    this.notices = notices;
    this.room = room;
    this.metadataEndpoint = metadataEndpoint;
    this.clock = clock;
    this.stepped = stepped;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().daemon().name("local-ec2-machines").unstarted(work));
    this.thread.setRemoveOnCancelPolicy(true);
    this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Boots what was running, finishes what was under way, and goes on from there. */
  void begin() {
    room.onPowerOff(this::switchedOff);
    call(() -> {
      room.open();
      fleet.instances().stream()
          .filter(instance -> instance.state() == InstanceState.RUNNING)
          .forEach(this::boot);
      return true;
    });
    step();
  }

  /** Something has changed: look now. */
  void nudge() {
    if (!stepped && !thread.isShutdown()) {
      thread.execute(this::lookAndPlan);
    }
  }

  /** Does all that is due by now, and returns when it is done. */
  void step() {
    call(() -> {
      lookAndPlan();
      return true;
    });
  }

  private void lookAndPlan() {
    boolean all = look();
    if (!stepped) {
      plan(all ? untilNext() : RETRY);
    }
  }

  private void plan(Duration wait) {
    if (next != null) {
      next.cancel(false);
    }
    if (!thread.isShutdown()) {
      next = thread.schedule(this::lookAndPlan, wait.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether all that was due could be done. */
  private boolean look() {
    boolean all = true;
    for (String id : notices.due(clock.instant())) {
      all &= done(() -> takeBack(id));
    }
    for (Optional<MachineOrder> order = fleet.nextOrder();
        order.isPresent();
        order = fleet.nextOrder()) {
      MachineOrder next = order.get();
      all &= done(() -> carryOut(next));
    }
    for (Instance due : fleet.due()) {
      all &= done(() -> settle(due));
    }
    for (String id : List.copyOf(rebooting.keySet())) {
      all &= done(() -> finishReboot(id));
    }
    return all;
  }

  /** One machine that does not do as it is told must not keep the others waiting. */
  private static boolean done(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A machine does not follow; trying again", e);
      return false;
    }
  }

  private Duration untilNext() {
    Instant now = clock.instant();
    Instant latest = now.plus(LONGEST_WAIT);
    Instant due = fleet.nextDue().orElse(latest);
    Instant end = notices.nextDue().orElse(latest);
    due = end.isBefore(due) ? end : due;
    for (Instant reboot : rebooting.values()) {
      due = reboot.isBefore(due) ? reboot : due;
    }
    Duration wait = Duration.between(now, due.isBefore(latest) ? due : latest);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** As the instance was launched: it stops, or it is terminated. */
  private void switchedOff(String id) {
    if (!thread.isShutdown()) {
      thread.execute(() -> done(() -> followSwitch(id)));
    }
  }

  private void followSwitch(String id) {
    Optional<Instance> instance =
        fleet.find(id).filter(found -> found.state() == InstanceState.RUNNING);
    if (instance.isPresent()) {
      boolean ends = instance.get().launch().shutdownBehavior().equals("terminate");
      var _ = fleet.command(ends ? Command.TERMINATE : Command.STOP, List.of(id));
      LOG.log(Level.INFO, "{0} has switched itself off", id);
      nudge();
    }
  }

  private void takeBack(String id) {
    if (fleet.find(id).isPresent()) {
      var _ = fleet.command(Command.TERMINATE, List.of(id));
      LOG.log(Level.INFO, "{0} is taken back, as announced", id);
    }
  }

  private void carryOut(MachineOrder order) {
    switch (order) {
      case MachineOrder.ShutDown(String id) -> {
        var _ = room.shutDown(id);
      }
      case MachineOrder.Reboot(String id) -> {
        rebooting.put(id, clock.instant().plus(fleet.timings().stop()));
        var _ = room.shutDown(id).thenRun(this::nudge);
      }
    }
  }

  private void finishReboot(String id) {
    Optional<Instance> instance =
        fleet.find(id).filter(found -> found.state() == InstanceState.RUNNING);
    boolean late = !rebooting.getOrDefault(id, Instant.MIN).isAfter(clock.instant());
    if (instance.isEmpty()) {
      rebooting.remove(id);
    } else if (late || !room.isOn(id)) {
      rebooting.remove(id);
      room.powerOff(id);
      boot(instance.get());
      LOG.log(Level.INFO, "{0} has rebooted", id);
    }
  }

  /** The machine first, so that nobody is told of a stop whose agent still answers. */
  private void settle(Instance seen) {
    switch (seen.state()) {
      case STOPPING -> room.powerOff(seen.id());
      case SHUTTING_DOWN -> {
        room.powerOff(seen.id());
        room.discard(machine(seen));
      }
      case PENDING, RUNNING, STOPPED, TERMINATED -> {}
    }
    fleet.settle(seen).ifPresent(this::settled);
    if (seen.state() == InstanceState.TERMINATED) {
      room.forget(seen.id());
    }
  }

  private void settled(Instance instance) {
    LOG.log(Level.INFO, "{0} is {1}", instance.id(), instance.state().wireName());
    if (instance.state() == InstanceState.RUNNING) {
      boot(instance);
    }
  }

  private void boot(Instance instance) {
    room.boot(machine(instance));
  }

  private Machine machine(Instance instance) {
    return new Machine(
        instance.id(),
        instance.rootVolume().id(),
        instance.volumes().stream().filter(Volume::deleteOnTermination).map(Volume::id).toList(),
        instance.launch().privateIp(),
        instance.launch().userData(),
        metadataEndpoint.apply(instance.id()));
  }

  @Override
  public boolean kill(String instanceId) {
    return room.kill(instanceId);
  }

  @Override
  public boolean start(String instanceId) {
    return call(() -> {
      Optional<Instance> instance =
          fleet.find(instanceId).filter(found -> found.state() == InstanceState.RUNNING);
      if (instance.isEmpty() || room.isOn(instanceId)) {
        return false;
      }
      boot(instance.get());
      return true;
    });
  }

  /** Ends all machines; the instances stay what they are. */
  void end() {
    if (!thread.isShutdown()) {
      call(() -> {
        room.close();
        return true;
      });
      thread.shutdown();
    }
  }

  private <T> T call(Callable<T> work) {
    try {
      return thread.submit(work).get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IllegalStateException("The machines do not follow: " + cause, cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
