package dev.valet.local.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoToolchainTest {
  @ParameterizedTest
  @CsvSource({
    "go version go1.26.8 linux/amd64, true",
    "go version go1.26 linux/amd64, true",
    "go version go1.30.1 linux/arm64, true",
    "go version go1.25.9 linux/amd64, false",
    "go version devel go1.27-abc linux/amd64, false",
    "'', false",
    "gofmt, false",
  })
  void onlyAReleaseThatBuildsTheEngineCounts(String answer, boolean usable) {
    assertThat(GoToolchain.isNewEnough(answer)).isEqualTo(usable);
  }
}
