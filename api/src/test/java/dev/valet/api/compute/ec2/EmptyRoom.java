package dev.valet.api.compute.ec2;

import dev.valet.local.ec2.machine.Machine;
import dev.valet.local.ec2.machine.MachineRoom;
import java.util.concurrent.CompletableFuture;

/** A machine room without machines: the adapter talks to EC2 only, never to what runs on it. */
final class EmptyRoom implements MachineRoom {
  @Override
  public void open() {}

  @Override
  public void boot(Machine machine) {}

  @Override
  public CompletableFuture<Void> shutDown(String instanceId) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void powerOff(String instanceId) {}

  @Override
  public void discard(Machine machine) {}

  @Override
  public void forget(String instanceId) {}

  @Override
  public boolean isOn(String instanceId) {
    return false;
  }

  @Override
  public boolean kill(String instanceId) {
    return false;
  }

  @Override
  public void close() {}
}
