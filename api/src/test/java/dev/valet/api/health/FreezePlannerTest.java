package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.health.FreezePlanner.Fleet;
import dev.valet.api.health.FreezePlanner.Judgement;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreezePlannerTest {

  @Test
  void freezesWhenMoreThanHalfOfTheFleetFails() {
    Judgement judgement = judge(List.of(mixed(12, 7)), List.of());

    assertThat(judgement)
        .isEqualTo(
            new Judgement.Freeze("7 of 12 healthy sandboxes of the fleet fail at once", 7, 12));
  }

  @Test
  void exactlyHalfIsNotMoreThanHalf() {
    assertThat(judge(List.of(mixed(12, 6)), List.of())).isInstanceOf(Judgement.Proceed.class);
  }

  @Test
  void smallFleetIsNeverFrozen() {
    assertThat(FreezePlanner.judge(new Fleet(9, List.of(mixed(9, 9)), List.of())))
        .isInstanceOf(Judgement.Proceed.class);
    assertThat(FreezePlanner.judge(new Fleet(10, List.of(mixed(10, 10)), List.of())))
        .isInstanceOf(Judgement.Freeze.class);
  }

  @Test
  void givesUpWhenOnlyItsOwnFail() {
    assertThat(judge(List.of(mixed(10, 6)), List.of(mixed(10, 0))))
        .isInstanceOf(Judgement.GiveUp.class);
    assertThat(judge(List.of(mixed(10, 10)), List.of(mixed(4, 2))))
        .isInstanceOf(Judgement.GiveUp.class);
  }

  @Test
  void freezesWhenTheOthersFailToo() {
    assertThat(judge(List.of(mixed(10, 6)), List.of(mixed(10, 6))))
        .isInstanceOf(Judgement.Freeze.class);
  }

  @Test
  void aloneItCannotBlameItself() {
    assertThat(judge(List.of(mixed(20, 20)), List.of())).isInstanceOf(Judgement.Freeze.class);
  }

  @Test
  void fewOwnSandboxesAreNoPattern() {
    assertThat(judge(List.of(mixed(4, 4)), List.of(mixed(16, 0))))
        .isInstanceOf(Judgement.Proceed.class);
  }

  @Test
  void brokenZoneIsTheZonesFault() {
    List<Cohort> own =
        List.of(new Cohort("a", "v1", "1.0", 8, 8), new Cohort("b", "v1", "1.0", 4, 0));

    assertThat(judge(own, List.of())).isInstanceOf(Judgement.Proceed.class);
  }

  @Test
  void brokenTemplateOrAgentVersionIsItsFault() {
    assertThat(
            judge(
                List.of(new Cohort("a", "v2", "1.0", 8, 8), new Cohort("a", "v1", "1.0", 4, 0)),
                List.of()))
        .isInstanceOf(Judgement.Proceed.class);
    assertThat(
            judge(
                List.of(new Cohort("a", "v1", "1.1", 8, 8), new Cohort("a", "v1", "1.0", 4, 0)),
                List.of()))
        .isInstanceOf(Judgement.Proceed.class);
  }

  @Test
  void zoneIsNotToBlameWhenItIsTheOnlyOne() {
    assertThat(judge(List.of(new Cohort("a", "v1", "1.0", 12, 12)), List.of()))
        .isInstanceOf(Judgement.Freeze.class);
  }

  @Test
  void zoneIsNotToBlameWhenOthersFailWithIt() {
    List<Cohort> own =
        List.of(new Cohort("a", "v1", "1.0", 8, 8), new Cohort("b", "v1", "1.0", 4, 1));

    assertThat(judge(own, List.of())).isInstanceOf(Judgement.Freeze.class);
  }

  @Test
  void unknownIsNoCause() {
    List<Cohort> own =
        List.of(new Cohort(null, "v1", null, 8, 8), new Cohort("b", "v1", "1.0", 4, 0));

    assertThat(judge(own, List.of())).isInstanceOf(Judgement.Freeze.class);
  }

  @Test
  void nothingFailsNothingHappens() {
    assertThat(judge(List.of(mixed(100, 0)), List.of(mixed(100, 0))))
        .isInstanceOf(Judgement.Proceed.class);
    assertThat(judge(List.of(), List.of())).isInstanceOf(Judgement.Proceed.class);
  }

  private static Judgement judge(List<Cohort> own, List<Cohort> others) {
    return FreezePlanner.judge(new Fleet(100, own, others));
  }

  private static Cohort mixed(int healthyBefore, int failing) {
    return new Cohort("a", "v1", "1.0", healthyBefore, failing);
  }
}
