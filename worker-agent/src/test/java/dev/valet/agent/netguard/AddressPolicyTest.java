package dev.valet.agent.netguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.platform.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  private static final AddressPolicy CLOSED = new AddressPolicy(List.of(), List.of(80, 443));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "93.184.215.14",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.0",
        "169.253.255.255",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001::1",
        "64:ff9b::1.1.1.1",
        "2002:101:101::1"
      })
  void thePublicNetworkIsOpen(String address) {
    assertThat(CLOSED.refusal(InetAddress.ofLiteral(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "::10.0.0.1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "64:ff9b::169.254.169.254",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:a9fe:a9fe::1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "100::1",
        "5f00::1"
      })
  void allElseIsClosed(String address) {
    assertThat(CLOSED.refusal(InetAddress.ofLiteral(address))).isPresent();
  }

  /** Java reads the text of such an address as IPv4; these bytes come from elsewhere. */
  @Test
  void aMappedAddressThatStayedOneIsClosedLikeWhatItStandsFor() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;
    InetAddress kept = java.net.Inet6Address.getByAddress("mapped", mapped, -1);

    assertThat(kept.getAddress()).hasSize(16);
    assertThat(CLOSED.refusal(kept)).contains("loopback");
  }

  @Test
  void anOperatorOpensNetworksButNeverTheMetadataService() {
    AddressPolicy open =
        new AddressPolicy(List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")), List.of(80));

    assertThat(open.refusal(InetAddress.ofLiteral("10.1.2.3"))).isEmpty();
    assertThat(open.refusal(InetAddress.ofLiteral("fd12::1"))).isEmpty();
    for (String never : List.of("169.254.169.254", "fe80::1", "fd00:ec2::254", "64:ff9b::a9fe:1")) {
      assertThat(open.refusal(InetAddress.ofLiteral(never))).as(never).isPresent();
    }
  }

  @Test
  void onlyTheNetworkThatWasOpenedIsOpen() {
    AddressPolicy one = new AddressPolicy(List.of(Cidr.parse("10.1.0.0/16")), List.of(80));

    assertThat(one.refusal(InetAddress.ofLiteral("10.1.255.255"))).isEmpty();
    assertThat(one.refusal(InetAddress.ofLiteral("10.2.0.0"))).contains("a private network");
  }

  @Test
  void portsAreListed() {
    assertThat(CLOSED.refusal(443)).isEmpty();
    assertThat(CLOSED.refusal(8000)).contains("port 8000 is not open to browsers");
  }
}
