package dev.valet.agent.netguard;

import dev.valet.agent.platform.Cidr;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A checking proxy whose names a test answers. */
public final class TestProxy {
  private final Map<String, Deque<InetAddress>> answers = new ConcurrentHashMap<>();
  private final Map<String, Integer> lookUps = new ConcurrentHashMap<>();

  /** The name has these addresses, one per look-up; the last one stays. */
  public TestProxy name(String name, String... addresses) {
    answers.put(
        name, new ArrayDeque<>(Arrays.stream(addresses).map(InetAddress::ofLiteral).toList()));
    return this;
  }

  /** How often a name was looked up. */
  public int lookUps(String name) {
    return lookUps.getOrDefault(name, 0);
  }

  /** The proxy; other names than those told are looked up as usual. */
  public CheckingProxy open(Vertx vertx, List<String> networks, List<Integer> ports) {
    AddressPolicy policy = new AddressPolicy(networks.stream().map(Cidr::parse).toList(), ports);
    return new CheckingProxy(vertx, policy, this::lookUp);
  }

  private synchronized List<InetAddress> lookUp(String name) throws UnknownHostException {
    lookUps.merge(name, 1, Integer::sum);
    Deque<InetAddress> told = answers.get(name);
    if (told == null) {
      return List.of(InetAddress.getAllByName(name));
    }
    return List.of(told.size() > 1 ? told.removeFirst() : told.getFirst());
  }
}
