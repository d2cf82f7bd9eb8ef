package dev.valet.api.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTextTest {
  @ParameterizedTest
  @CsvSource({"a,a%", "aB,ab%", "aBc,%abc%", "50%,%50\\%%", "a_b,%a\\_b%", "a\\b,%a\\\\b%"})
  void nameIsMatchedAtItsBeginningOrAnywhere(String text, String pattern) {
    assertThat(SearchText.of(text).namePattern()).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"checkout", "i-0", "feed", "0197f0a", "10.0.3", "0197f0a0-0000-7", "0197f0a0_"})
  void anythingMayBeAName(String text) {
    assertThat(SearchText.of(text).namePattern()).contains(text.replace("_", "\\_"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkout", "i-0", "feed", "0197f0a", "10.0.3", "0197f0a0_"})
  void whatLooksLikeNothingElseIsANameOnly(String text) {
    assertThat(SearchText.of(text).isNameOnly()).isTrue();
  }

  @Test
  void instanceIdsAndAddressesAreRecognised() {
    assertThat(SearchText.of("i-0123456789abcdef0").instanceId()).isEqualTo("i-0123456789abcdef0");
    assertThat(SearchText.of("10.0.3.9").address()).isEqualTo("10.0.3.9");
    assertThat(SearchText.of("fd00::1").address()).isEqualTo("fd00::1");
  }

  @ParameterizedTest
  @CsvSource({
    "0197f0a0, 0197f0a0-0000-0000-0000-000000000000, 0197f0a0-ffff-ffff-ffff-ffffffffffff",
    "0197f0a0-, 0197f0a0-0000-0000-0000-000000000000, 0197f0a0-ffff-ffff-ffff-ffffffffffff",
    "0197F0A0-12, 0197f0a0-1200-0000-0000-000000000000, 0197f0a0-12ff-ffff-ffff-ffffffffffff"
  })
  void beginningOfAnIdIsARange(String text, UUID first, UUID last) {
    assertThat(SearchText.of(text).ids()).isEqualTo(new SearchText.Ids(first, last));
  }

  @Test
  void wholeIdIsItself() {
    UUID id = UUID.randomUUID();
    assertThat(SearchText.of(id.toString()).ids()).isEqualTo(new SearchText.Ids(id, id));
    assertThat(SearchText.of(id + "0").ids()).isNull();
  }
}
