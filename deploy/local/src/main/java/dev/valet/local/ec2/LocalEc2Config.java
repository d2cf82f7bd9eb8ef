package dev.valet.local.ec2;

import dev.valet.local.ec2.fleet.Timings;
import dev.valet.local.ec2.machine.MachineRoom;
import dev.valet.local.ec2.wire.Account;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How a local EC2 is set up.
 *
 * @param data the data folder; all files are below its {@code ec2}
 * @param account the account, region and keys that calls must be signed with
 * @param room where the machines stand; closed with the local EC2
 * @param port 0 for any free one
 * @param network the first three numbers of all private addresses, 127.x.y
 * @param stepped whether time passes only in {@link LocalEc2#step()}
 */
public record LocalEc2Config(
    Path data,
    Account account,
    MachineRoom room,
    int port,
    String network,
    Timings timings,
    Clock clock,
    boolean stepped) {

  /** Any port, the network 127.83.12, the usual timings, real time. */
  public static LocalEc2Config of(Path data, Account account, MachineRoom room) {
    return new LocalEc2Config(
        data, account, room, 0, "127.83.12", Timings.DEFAULT, Clock.systemUTC(), false);
  }

  /** The same on this port. */
  public LocalEc2Config withPort(int newPort) {
    return new LocalEc2Config(data, account, room, newPort, network, timings, clock, stepped);
  }

  /** The same with addresses from this network. */
  public LocalEc2Config withNetwork(String newNetwork) {
    return new LocalEc2Config(data, account, room, port, newNetwork, timings, clock, stepped);
  }

  /** The same with transitions of these lengths. */
  public LocalEc2Config withTimings(Timings newTimings) {
    return new LocalEc2Config(data, account, room, port, network, newTimings, clock, stepped);
  }

  /**
   * The same in a time that a test steps: transitions end and machines follow in {@link
   * LocalEc2#step()} only.
   */
  public LocalEc2Config steppedBy(Clock newClock) {
    return new LocalEc2Config(data, account, room, port, network, timings, newClock, true);
  }
}
