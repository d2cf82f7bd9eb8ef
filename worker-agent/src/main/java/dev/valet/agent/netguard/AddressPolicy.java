package dev.valet.agent.netguard;

import dev.valet.agent.platform.BrowserSettings;
import dev.valet.agent.platform.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where browsers may connect to: the public network on a few ports, and what an operator opens.
 * Judges addresses, never names. Pure.
 */
final class AddressPolicy {
  /** No setting opens these: whoever reaches them has the machine's identity. */
  private static final List<Range> NEVER =
      List.of(
          range("169.254.0.0/16", "link-local, where the metadata service is"),
          range("fe80::/10", "link-local"),
          range("fd00:ec2::/32", "the metadata service"));

  private static final List<Range> CLOSED =
      List.of(
          range("0.0.0.0/8", "this machine"),
          range("10.0.0.0/8", "a private network"),
          range("100.64.0.0/10", "shared address space"),
          range("127.0.0.0/8", "loopback"),
          range("172.16.0.0/12", "a private network"),
          range("192.0.0.0/24", "reserved"),
          range("192.0.2.0/24", "reserved"),
          range("192.88.99.0/24", "reserved"),
          range("192.168.0.0/16", "a private network"),
          range("198.18.0.0/15", "reserved"),
          range("198.51.100.0/24", "reserved"),
          range("203.0.113.0/24", "reserved"),
          range("224.0.0.0/4", "multicast"),
          range("240.0.0.0/4", "reserved"),
          range("::/128", "this machine"),
          range("::1/128", "loopback"),
          range("fc00::/7", "a private network"),
          range("ff00::/8", "multicast"),
          range("2001::/23", "reserved"),
          range("2001:db8::/32", "reserved"),
          range("3fff::/20", "reserved"));

  /** All that is handed out as public in IPv6. */
  private static final Cidr GLOBAL = Cidr.parse("2000::/3");

  /** IPv6 addresses that stand for an IPv4 one, and where in them it is. */
  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding(Cidr.parse("::/96"), 12),
          new Embedding(mapped(), 12),
          new Embedding(Cidr.parse("64:ff9b::/96"), 12),
          new Embedding(Cidr.parse("2002::/16"), 2));

  private final List<Cidr> opened;
  private final Set<Integer> ports;

  AddressPolicy(List<Cidr> opened, List<Integer> ports) {
    this.opened = List.copyOf(opened);
    this.ports = Set.copyOf(ports);
  }

  static AddressPolicy of(BrowserSettings settings) {
    return new AddressPolicy(settings.opened(), settings.ports());
  }

  private record Range(Cidr network, String what) {}

  private record Embedding(Cidr network, int offset) {}

  private static Range range(String network, String what) {
    return new Range(Cidr.parse(network), what);
  }

  /** Java turns the text of such an address into the IPv4 one. */
  private static Cidr mapped() {
    return Cidr.parse("::fffe:0:0/95");
  }

  /** Why not to connect to this port; empty if that is fine. */
  Optional<String> refusal(int port) {
    return ports.contains(port)
        ? Optional.empty()
        : Optional.of("port " + port + " is not open to browsers");
  }

  /** Why not to connect there; empty if that is fine. */
  Optional<String> refusal(InetAddress address) {
    byte[] plain = unwrapped(address.getAddress());
    Optional<String> never = within(NEVER, plain);
    if (never.isPresent() || opened.stream().anyMatch(network -> network.contains(plain))) {
      return never;
    }
    Optional<String> closed = within(CLOSED, plain);
    return closed.isPresent() || plain.length == 4 || GLOBAL.contains(plain)
        ? closed
        : Optional.of("not a public address");
  }

  private static Optional<String> within(List<Range> ranges, byte[] address) {
    return ranges.stream()
        .filter(range -> range.network().contains(address))
        .map(Range::what)
        .findFirst();
  }

  /** The IPv4 address that an IPv6 one stands for; the first two of ::/96 stand for themselves. */
  private static byte[] unwrapped(byte[] address) {
    if (address.length == 16 && !isUnspecifiedOrLoopback(address)) {
      for (Embedding embedding : EMBEDDINGS) {
        if (embedding.network().contains(address)) {
          return Arrays.copyOfRange(address, embedding.offset(), embedding.offset() + 4);
        }
      }
    }
    return address;
  }

  private static boolean isUnspecifiedOrLoopback(byte[] address) {
    for (int i = 0; i < 15; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[15] == 0 || address[15] == 1;
  }

  /** Those of a name's addresses that it may connect to. */
  List<InetAddress> allowed(List<InetAddress> addresses) {
    List<InetAddress> allowed = new ArrayList<>(addresses);
    allowed.removeIf(address -> refusal(address).isPresent());
    return allowed;
  }
}
