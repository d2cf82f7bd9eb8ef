package dev.valet.local.ec2.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentFileTest {

  private static Map<String, String> values(String text) {
    return EnvironmentFile.parse(text).values();
  }

  @Test
  void valuesAreTakenAsTheyStandOrOutOfTheirQuotes() {
    assertThat(values("A=1\nB = no\nC=two words \nD=\"two words \"\nE='a \\ b'\nexport F=x=y"))
        .containsExactly(
            Map.entry("A", "1"),
            Map.entry("C", "two words"),
            Map.entry("D", "two words "),
            Map.entry("E", "a \\ b"),
            Map.entry("F", "x=y"));
  }

  @Test
  void aBackslashEscapesQuotesAndBackslashesWithinDoubleQuotes() {
    assertThat(values("A=\"say \\\"hi\\\" \\\\ \\n\"")).containsEntry("A", "say \"hi\" \\ \\n");
    assertThat(values("A=\"ends in a backslash \\\\\""))
        .containsEntry("A", "ends in a backslash \\");
    assertThat(values("A=plain\\text")).containsEntry("A", "plain\\text");
  }

  @Test
  void ofTwoEqualKeysTheLastWins() {
    assertThat(values("A=1\nA=2")).containsExactly(Map.entry("A", "2"));
  }

  @Test
  void linesThatMakeNoSenseAreNamedAndTheOthersKept() {
    EnvironmentFile file = EnvironmentFile.parse("# comment\n\nA=1\nnonsense\n1B=2\n-C=3\nD=4\n");

    assertThat(file.values()).containsOnlyKeys("A", "D");
    assertThat(file.rejects()).containsExactly(4, 5, 6);
  }

  @Test
  void nothingAtAllIsFine() {
    assertThat(values("")).isEmpty();
  }
}
