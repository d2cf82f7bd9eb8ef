package dev.valet.api.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/sandboxes/0197", "/audit", "/apiary", "/queue"})
  void pathsOfPeopleArePages(String path) {
    assertThat(Pages.isPage(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/me", "/api", "/agent/v1/config", "/q/health/ready", "/q", "/login",
        "/login/callback", "/logout", "/assets/index-abc.js", "/assets/", "/favicon.svg", ""
      })
  void pathsOfProgramsAndFilesAreNot(String path) {
    assertThat(Pages.isPage(path)).isFalse();
  }
}
