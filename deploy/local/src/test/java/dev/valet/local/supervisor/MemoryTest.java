package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void tooLittleSaysHowManyWouldFit() {
    assertThatThrownBy(() -> Memory.require(10, 1_500))
        .hasMessageContaining("10 sandboxes need about 2200 MiB")
        .hasMessageContaining("--sandboxes 4");
  }

  @Test
  void justEnoughIsEnough() {
    assertThatCode(() -> Memory.require(10, 2_200)).doesNotThrowAnyException();
  }

  @Test
  void withoutSandboxesNothingIsAsked() {
    assertThatCode(() -> Memory.require(0, 10)).doesNotThrowAnyException();
  }

  @Test
  void ifNotEvenTheRestFitsTheOfferIsZero() {
    assertThatThrownBy(() -> Memory.require(1, 100)).hasMessageContaining("--sandboxes 0");
  }
}
