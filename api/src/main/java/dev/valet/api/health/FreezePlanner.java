package dev.valet.api.health;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether many failures at once are the sandboxes' fault or ours. Pure.
 *
 * <p>With at least {@value #FEWEST_PROBED} probed sandboxes: if more than half of what this prober
 * found healthy a minute ago fails while the other probers' sandboxes do not, it is this prober's
 * fault; if more than half of the whole fleet fails, it is probably the network or the control
 * plane. Neither if all failures share one zone, template version or agent version and sandboxes
 * with another one are fine: then that is what is broken.
 */
final class FreezePlanner {
  static final int FEWEST_PROBED = 10;

  /** Below this, one's own sandboxes are too few to call half of them a pattern. */
  static final int FEWEST_OWN = 5;

  private static final List<Function<Cohort, @Nullable String>> CAUSES =
      List.of(Cohort::zone, Cohort::templateVersion, Cohort::agentVersion);

  private FreezePlanner() {}

  /**
   * What is known of the fleet.
   *
   * @param probed all probed sandboxes
   * @param own those of this prober, from its memory: newer than the database
   * @param others those of all other probers, from the database
   */
  record Fleet(int probed, List<Cohort> own, List<Cohort> others) {
    List<Cohort> all() {
      return Stream.concat(own.stream(), others.stream()).toList();
    }
  }

  /** What to do with the results at hand. */
  sealed interface Judgement {
    /** Believe them. */
    record Proceed() implements Judgement {}

    /** Discard them and give up all shards: this prober cannot be trusted. */
    record GiveUp(String reason) implements Judgement {}

    /** Let no healthy sandbox become unhealthy for a while. */
    record Freeze(String reason, int failing, int healthyBefore) implements Judgement {}
  }

  static Judgement judge(Fleet fleet) {
    if (fleet.probed() < FEWEST_PROBED || haveOneCause(fleet.all())) {
      return new Judgement.Proceed();
    }
    if (isOwnFault(fleet)) {
      return new Judgement.GiveUp(
          describe(fleet.own()) + " of this prober fail while those of others do not");
    }
    if (mostFail(fleet.all())) {
      return new Judgement.Freeze(
          describe(fleet.all()) + " of the fleet fail at once",
          Cohort.failing(fleet.all()),
          Cohort.healthyBefore(fleet.all()));
    }
    return new Judgement.Proceed();
  }

  /** More than half of those that were healthy a minute ago fail now. */
  static boolean mostFail(List<Cohort> cohorts) {
    return 2 * Cohort.failing(cohorts) > Cohort.healthyBefore(cohorts);
  }

  private static boolean isOwnFault(Fleet fleet) {
    return Cohort.healthyBefore(fleet.own()) >= FEWEST_OWN
        && mostFail(fleet.own())
        && Cohort.healthyBefore(fleet.others()) > 0
        && !mostFail(fleet.others());
  }

  private static boolean haveOneCause(List<Cohort> cohorts) {
    return CAUSES.stream().anyMatch(cause -> isCause(cause, cohorts));
  }

  private static boolean isCause(Function<Cohort, @Nullable String> cause, List<Cohort> cohorts) {
    Set<@Nullable String> failing = new HashSet<>();
    cohorts.stream().filter(cohort -> cohort.failing() > 0).map(cause).forEach(failing::add);
    if (failing.size() != 1 || failing.contains(null)) {
      return false;
    }
    String suspect = failing.iterator().next();
    return cohorts.stream()
        .filter(cohort -> !Objects.equals(cause.apply(cohort), suspect))
        .anyMatch(cohort -> cohort.healthyBefore() > 0);
  }

  private static String describe(List<Cohort> cohorts) {
    return Cohort.failing(cohorts) + " of " + Cohort.healthyBefore(cohorts) + " healthy sandboxes";
  }
}
