package dev.valet.agent.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A network: all addresses of one family that begin with the same bits. */
public final class Cidr {
  private final byte[] network;
  private final int bits;

  private Cidr(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads {@code address/bits}, or an address alone. Never asks DNS.
   *
   * @throws IllegalArgumentException for anything else, and where bits after the prefix are set
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address =
        InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
    int most = address.length * 8;
    int bits = slash < 0 ? most : SettingSyntax.number(text.substring(slash + 1), 0, most);
    if (!Arrays.equals(address, masked(address, bits))) {
      throw new IllegalArgumentException("bits are set after the prefix");
    }
    return new Cidr(address, bits);
  }

  /** Whether it is one of the network's addresses, each in four or sixteen bytes. */
  public boolean contains(byte[] address) {
    return address.length == network.length && Arrays.equals(network, masked(address, bits));
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(bits - i * 8L, 0, 8);
      masked[i] &= (byte) (0xff << (8 - kept));
    }
    return masked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr that && bits == that.bits && Arrays.equals(network, that.network);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(network) * 31 + bits;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four or sixteen bytes it has
    }
  }
}
