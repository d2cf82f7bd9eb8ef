package dev.valet.local.supervisor;

import dev.valet.local.host.Listeners;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.StartException;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The /24 of 127.0.0.0/8 in which the instances of one data folder live, so that several
 * installations run side by side, all with the same agent port.
 */
final class LoopbackNetwork {
  /** 127.0 and 127.1 are in other programs' habits (127.0.1.1 is Debian's host name). */
  private static final int FIRST = 10;

  private static final int LAST = 250;
  private static final int ATTEMPTS = 100;

  private LoopbackNetwork() {}

  /** A prefix such as {@code 127.31.7} on which nothing listens at the agents' port. */
  static String choose(int agentPort) {
    return choose(
        RandomGenerator.getDefault(), prefix -> LoopbackPorts.isFree(probe(prefix), agentPort));
  }

  static String choose(RandomGenerator random, Predicate<String> free) {
    for (int i = 0; i < ATTEMPTS; i++) {
      String prefix = "127." + random.nextInt(FIRST, LAST + 1) + "." + random.nextInt(0, LAST + 1);
      if (free.test(prefix)) {
        return prefix;
      }
    }
    throw new StartException("No free loopback network was found: is 127.0.0.0/8 up on lo?");
  }

  /**
   * Makes sure that agents can listen: a program on 0.0.0.0 holds the port on every address.
   *
   * @throws StartException naming the program and the way around it
   */
  static void requireUsable(int agentPort) {
    if (LoopbackPorts.isFree("127.255.255.1", agentPort)) {
      return;
    }
    throw new StartException(
        "Port %d, where the agents listen, is held on all addresses by %s: stop it, or choose another with --agent-port"
            .formatted(agentPort, Listeners.on(agentPort).orElse("another program")));
  }

  private static String probe(String prefix) {
    return prefix + ".4"; // the first address that AWS gives to instances in a subnet
  }
}
