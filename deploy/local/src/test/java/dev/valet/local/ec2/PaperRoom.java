package dev.valet.local.ec2;

import dev.valet.local.ec2.machine.Machine;
import dev.valet.local.ec2.machine.MachineRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Machines on paper: it writes down what it is told and which agents are on. */
final class PaperRoom implements MachineRoom {

  final List<String> log = new ArrayList<>();
  final Map<String, Machine> on = new ConcurrentHashMap<>();

  /** Machines that do not go off. */
  final Set<String> stuck = ConcurrentHashMap.newKeySet();

  private Consumer<String> onPowerOff = id -> {};

  private synchronized void note(String what, String id) {
    log.add(what + " " + id);
  }

  @Override
  public void open() {}

  @Override
  public void onPowerOff(Consumer<String> listener) {
    onPowerOff = listener;
  }

  /** A machine switches itself off. */
  void switchOff(String instanceId) {
    on.remove(instanceId);
    onPowerOff.accept(instanceId);
  }

  @Override
  public void boot(Machine machine) {
    note("boot", machine.instanceId());
    on.put(machine.instanceId(), machine);
  }

  @Override
  public CompletableFuture<Void> shutDown(String instanceId) {
    note("shutDown", instanceId);
    on.remove(instanceId);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void powerOff(String instanceId) {
    if (stuck.contains(instanceId)) {
      throw new IllegalStateException(instanceId + " does not go off");
    }
    note("powerOff", instanceId);
    on.remove(instanceId);
  }

  @Override
  public void discard(Machine machine) {
    note("discard", machine.instanceId());
  }

  @Override
  public void forget(String instanceId) {
    note("forget", instanceId);
  }

  @Override
  public boolean isOn(String instanceId) {
    return on.containsKey(instanceId);
  }

  @Override
  public boolean kill(String instanceId) {
    return on.remove(instanceId) != null;
  }

  @Override
  public void close() {
    on.clear();
  }
}
