package dev.valet.api.access.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnToTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sandboxes",
        "/sandboxes/1?tab=health&x=%2F%2Fevil",
        "/a#b",
        "/a//b",
        "/a:b"
      })
  void pageOfThisSiteIsTaken(String page) {
    assertThat(ReturnTo.of(page)).contains(page);
  }

  @Test
  void nothingAskedLeadsHome() {
    assertThat(ReturnTo.of(null)).contains("/");
    assertThat(ReturnTo.of("")).contains("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "https://evil.test",
        "https:evil.test",
        "javascript:alert(1)",
        "sandboxes",
        " /x",
        "/x y",
        "/x\r\nSet-Cookie: a=b",
        "/\t/evil.test",
        "/%zz",
        "/ä",
        "/login?returnTo=/",
        "/logout"
      })
  void anythingElseIsRefused(String page) {
    assertThat(ReturnTo.of(page)).isEmpty();
  }

  @Test
  void overlongPathIsRefused() {
    assertThat(ReturnTo.of("/" + "a".repeat(2_000))).isEmpty();
  }
}
