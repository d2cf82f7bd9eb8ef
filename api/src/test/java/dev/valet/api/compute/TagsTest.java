package dev.valet.api.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {

  @Test
  void ordinaryTagsAreFine() {
    assertThat(
            Tags.problems(
                Map.of("team", "web", "cost centre", "4711", "Größe/日本", "a+b=c @x_y:z.", "e", "")))
        .isEmpty();
    assertThat(Tags.problems(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws:x",
        "AWS:x",
        "valet:sandbox",
        "Valet:x",
        "Name",
        "a*b",
        "a\nb",
        "a\u0000",
        "<b>",
        "a\uD83D\uDE00"
      })
  void keysThatEc2OrValetKeepForThemselvesAreRefused(String key) {
    assertThat(Tags.problems(Map.of(key, "v")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).isEqualTo(key));
  }

  @Test
  void lengthsAreCountedInCharactersAtTheirLimits() {
    String letter = "𝔸"; // One character of two UTF-16 units.
    assertThat(Tags.problems(Map.of(letter.repeat(127), letter.repeat(256)))).isEmpty();
    assertThat(Tags.problems(Map.of(letter.repeat(128), ""))).hasSize(1);
    assertThat(Tags.problems(Map.of("k", letter.repeat(257)))).hasSize(1);
    assertThat(Tags.problems(Map.of("", "v"))).hasSize(1);
  }

  @Test
  void valetsOwnTagsCountTowardsEc2sFifty() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < 43; i++) {
      tags.put("k" + i, "v");
    }
    assertThat(Tags.problems(tags)).isEmpty();
    tags.put("one more", "v");
    assertThat(Tags.problems(tags))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("at most 43", "not 44"));
  }

  @Test
  void everyBadTagIsReportedAtOnce() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("aws:a", "v");
    tags.put("fine", "v");
    tags.put("b", "tab\there");
    tags.put("c*", "x".repeat(300));
    assertThat(Tags.problems(tags))
        .extracting(Tags.Problem::key)
        .containsExactly("aws:a", "b", "c*", "c*");
  }

  @Test
  void aMissingValueIsAProblemAndNoCrash() {
    assertThat(Tags.problems(Collections.singletonMap("k", null))).hasSize(1);
  }
}
