package dev.valet.agent.netguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @Test
  void requestsNameHostPortAndPath() {
    assertThat(Target.ofRequest("http://a.test/x?y=|z#w"))
        .contains(new Target("a.test", 80, "/x?y=|z"));
    assertThat(Target.ofRequest("HTTP://a.test:81")).contains(new Target("a.test", 81, "/"));
    assertThat(Target.ofRequest("http://a.test?q")).contains(new Target("a.test", 80, "/?q"));
    assertThat(Target.ofRequest("http://[::1]:8000/"))
        .contains(new Target("::1", 8000, "/"))
        .map(Target::authority)
        .contains("[::1]:8000");
  }

  @Test
  void tunnelsNameHostAndPort() {
    assertThat(Target.ofTunnel("a.test:443")).contains(new Target("a.test", 443, ""));
    assertThat(Target.ofTunnel("[fe80::1]:443")).contains(new Target("fe80::1", 443, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "2130706433",
        "127.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "a.0x7f",
        "1.2.3.4.5",
        "1."
      })
  void anAddressThatProgramsReadDifferentlyIsAmbiguous(String host) {
    assertThat(new Target(host, 80, "/").isUnambiguous()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "a.test", "1and1.com", "::ffff:1.2.3.4", "fe80::1", "10.b"})
  void namesAndUsualAddressesAreNot(String host) {
    assertThat(new Target(host, 80, "/").isUnambiguous()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "*",
        "https://a.test/",
        "ftp://a.test/",
        "http:///x",
        "http://user@a.test/",
        "http://user:word@a.test/",
        "http://a.test:0/",
        "http://a.test:65536/",
        "http://a.test:x/",
        "http://a b/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/"
      })
  void nothingElseIsARequest(String uri) {
    assertThat(Target.ofRequest(uri)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.test", "a.test:", "a.test:0", ":443", "http://a.test:443", "a:b:1"})
  void nothingElseIsATunnel(String authority) {
    assertThat(Target.ofTunnel(authority)).isEmpty();
  }
}
