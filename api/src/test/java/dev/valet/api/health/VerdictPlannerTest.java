package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.health.VerdictPlanner.Plan;
import dev.valet.api.health.VerdictPlanner.Rules;
import dev.valet.common.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictPlannerTest {
  private static final Instant BOOT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Thresholds LIMITS = new Thresholds(3, 2, Duration.ofSeconds(300));
  private static final Rules RULES = new Rules(LIMITS, BOOT, false);
  private static final Rules FROZEN = new Rules(LIMITS, BOOT, true);

  /** F fails, D answers impaired, G is good; probes 10 s apart, after the grace. */
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource({
    "unknown,   G,       unknown",
    "unknown,   GG,      healthy",
    "unknown,   GFG,     unknown",
    "unknown,   FF,      unknown",
    "unknown,   FFF,     unhealthy",
    "unknown,   DD,      unknown",
    "unknown,   DDD,     degraded",
    "healthy,   F,       healthy",
    "healthy,   FF,      healthy",
    "healthy,   FFF,     unhealthy",
    "healthy,   FFGFF,   healthy",
    "healthy,   FFGFFF,  unhealthy",
    "healthy,   DD,      healthy",
    "healthy,   DDD,     degraded",
    "healthy,   DDGD,    healthy",
    "healthy,   FDF,     degraded",
    "degraded,  G,       degraded",
    "degraded,  GG,      healthy",
    "degraded,  GDG,     degraded",
    "degraded,  FF,      degraded",
    "degraded,  FFF,     unhealthy",
    "unhealthy, G,       unhealthy",
    "unhealthy, GG,      healthy",
    "unhealthy, GFG,     unhealthy",
    "unhealthy, DD,      degraded",
    "unhealthy, DDGG,    healthy"
  })
  void verdictFollowsRunsOfProbes(String from, String probes, String to) {
    VerdictState end = run(state(HealthStatus.fromWire(from)), probes, RULES);

    assertThat(end.status().wire()).isEqualTo(to);
  }

  @Test
  void failuresBeforeTheFirstSuccessDoNotCountWithinTheGrace() {
    VerdictState state = VerdictState.unknown(BOOT, "booting");
    for (int second = 0; second < 300; second += 10) {
      state = VerdictPlanner.plan(state, failed(), RULES, BOOT.plusSeconds(second)).next();
    }
    assertThat(state.failures()).isZero();
    assertThat(state.status()).isEqualTo(HealthStatus.UNKNOWN);

    state = runFrom(state, "FFF", RULES, BOOT.plusSeconds(300));
    assertThat(state.status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void graceEndsWithTheFirstSuccessOfTheBoot() {
    VerdictState state =
        runFrom(VerdictState.unknown(BOOT, "booting"), "FFFFGFFF", RULES, BOOT.plusSeconds(1));

    assertThat(state.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(state.failures()).isEqualTo(3);
  }

  @Test
  void impairedAnswerEndsTheGraceToo() {
    VerdictState state =
        runFrom(VerdictState.unknown(BOOT, "booting"), "DFFF", RULES, BOOT.plusSeconds(1));

    assertThat(state.status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void frozenSandboxStaysHealthyAndFallsWithTheNextFailureAfterwards() {
    VerdictState held = run(state(HealthStatus.HEALTHY), "FFFFF", FROZEN);
    assertThat(held.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(held.failures()).isEqualTo(5);

    assertThat(run(held, "F", RULES).status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(run(held, "G", RULES).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void freezingHoldsBackNothingElse() {
    assertThat(run(state(HealthStatus.UNHEALTHY), "GG", FROZEN).status())
        .isEqualTo(HealthStatus.HEALTHY);
    assertThat(run(state(HealthStatus.DEGRADED), "FFF", FROZEN).status())
        .isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(run(state(HealthStatus.HEALTHY), "DDD", FROZEN).status())
        .isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void changeSaysFromToAndWhy() {
    VerdictState almost = run(state(HealthStatus.HEALTHY), "FF", RULES);
    Instant now = BOOT.plusSeconds(5_000);

    Plan plan = VerdictPlanner.plan(almost, failed(), RULES, now);

    assertThat(plan.change())
        .isEqualTo(
            new VerdictChange(
                HealthStatus.HEALTHY, HealthStatus.UNHEALTHY, "3 probes failed: refused", now));
    assertThat(plan.isFall()).isTrue();
    assertThat(plan.next().since()).isEqualTo(now);
    assertThat(plan.next().healthyUntil()).isEqualTo(now);
  }

  @Test
  void otherBrokenPartsOfADegradedSandboxAreNews() {
    VerdictState degraded = run(state(HealthStatus.HEALTHY), "DDD", RULES);
    ProbeOutcome other = new ProbeOutcome.Impaired(List.of("desktop"), "desktop is failed");

    Plan plan = VerdictPlanner.plan(degraded, other, RULES, BOOT.plusSeconds(5_000));

    assertThat(plan.change()).isNull();
    assertThat(plan.conditionsChanged()).isTrue();
    assertThat(plan.next().conditions()).containsExactly("desktop");
    assertThat(VerdictPlanner.plan(plan.next(), other, RULES, BOOT).isNews()).isFalse();
  }

  @Test
  void steadySandboxHasNothingNewToStore() {
    VerdictState healthy = run(state(HealthStatus.HEALTHY), "GGG", RULES);

    assertThat(run(healthy, "GGGG", RULES)).isEqualTo(healthy);
  }

  /** What must hold for every sequence: the verdict is a function of the last runs. */
  @Test
  void noSequenceBreaksTheRules() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Thresholds limits =
          new Thresholds(1 + random.nextInt(5), 1 + random.nextInt(5), Duration.ZERO);
      Rules rules = new Rules(limits, BOOT, false);
      VerdictState state = VerdictState.unknown(BOOT, "booting");
      List<ProbeOutcome> seen = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ProbeOutcome outcome = outcome("FDG".charAt(random.nextInt(3)));
        seen.add(outcome);
        Plan plan = VerdictPlanner.plan(state, outcome, rules, BOOT.plusSeconds(10L * i));
        checkStep(state, plan, seen, limits);
        state = plan.next();
      }
    }
  }

  private static void checkStep(
      VerdictState before, Plan plan, List<ProbeOutcome> seen, Thresholds limits) {
    VerdictState after = plan.next();
    boolean allFailed = lastAre(seen, limits.failures(), ProbeOutcome.Failed.class);
    boolean allGood = lastAre(seen, limits.successes(), ProbeOutcome.Good.class);
    assertThat(plan.change() != null).isEqualTo(before.status() != after.status());
    if (allFailed) {
      assertThat(after.status()).isEqualTo(HealthStatus.UNHEALTHY);
    } else if (allGood) {
      assertThat(after.status()).isEqualTo(HealthStatus.HEALTHY);
    } else if (plan.change() != null) {
      assertThat(after.status()).isEqualTo(HealthStatus.DEGRADED);
    }
    assertThat(after.status() == HealthStatus.UNKNOWN && before.status() != HealthStatus.UNKNOWN)
        .as("a probe never makes a verdict unknown")
        .isFalse();
    assertThat(after.conditions().isEmpty() || after.status() == HealthStatus.DEGRADED).isTrue();
    assertThat(after.failures() > 0 && after.successes() > 0).isFalse();
  }

  private static boolean lastAre(List<ProbeOutcome> seen, int count, Class<?> type) {
    return seen.size() >= count
        && seen.subList(seen.size() - count, seen.size()).stream().allMatch(type::isInstance);
  }

  private static VerdictState run(VerdictState state, String probes, Rules rules) {
    return runFrom(state, probes, rules, BOOT.plusSeconds(1_000));
  }

  private static VerdictState runFrom(
      VerdictState start, String probes, Rules rules, Instant first) {
    VerdictState state = start;
    for (int i = 0; i < probes.length(); i++) {
      Instant now = first.plusSeconds(10L * i);
      state = VerdictPlanner.plan(state, outcome(probes.charAt(i)), rules, now).next();
    }
    return state;
  }

  private static VerdictState state(HealthStatus status) {
    VerdictState unknown = VerdictState.unknown(BOOT, "booting");
    return status == HealthStatus.UNKNOWN
        ? unknown
        : unknown.become(status, BOOT.plusSeconds(500), "given", List.of());
  }

  private static ProbeOutcome outcome(char letter) {
    return switch (letter) {
      case 'F' -> failed();
      case 'D' -> new ProbeOutcome.Impaired(List.of("chromium"), "chromium is failed");
      default -> new ProbeOutcome.Good();
    };
  }

  private static ProbeOutcome failed() {
    return new ProbeOutcome.Failed("refused");
  }
}
