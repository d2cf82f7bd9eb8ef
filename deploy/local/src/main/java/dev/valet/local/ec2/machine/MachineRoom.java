package dev.valet.local.ec2.machine;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Where machines stand: the port behind which instances become real. All methods but {@link #isOn},
 * {@link #kill} and {@link #close} are called from one thread, in order, and may block it briefly.
 * Each of them may be repeated: after a crash nobody knows how far the last call came.
 */
public interface MachineRoom extends AutoCloseable {

  /**
   * Called once, before all others, when it is certain that nobody else uses the data folder: the
   * place to clear away what an earlier run has left behind.
   *
   * @throws IOException when the room cannot be used
   */
  void open() throws IOException;

  /**
   * Switches a machine on. At the first boot of its volume the user-data takes effect. A machine
   * that cannot run anything is on all the same, as on EC2; its console says why.
   */
  void boot(Machine machine);

  /**
   * Asks a machine to shut down, and returns at once.
   *
   * @return completes when it is off, at once if it was
   */
  CompletableFuture<Void> shutDown(String instanceId);

  /** Cuts a machine's power. It is off when this returns. */
  void powerOff(String instanceId);

  /**
   * Who is told, on any thread, that a machine has switched itself off.
   *
   * @param listener gets the instance's id
   */
  default void onPowerOff(Consumer<String> listener) {}

  /** Destroys the volumes that end with a machine, which is off. */
  void discard(Machine machine);

  /** Drops the last traces of a machine that was discarded long ago. */
  void forget(String instanceId);

  /** Whether an agent is at work on the machine. */
  boolean isOn(String instanceId);

  /**
   * Kills the agent of a machine as a crash would. The machine's instance takes no notice.
   *
   * @return false when there was none
   */
  boolean kill(String instanceId);

  /** Shuts all machines down and waits, a few seconds at most, until all of them are off. */
  @Override
  void close();
}
