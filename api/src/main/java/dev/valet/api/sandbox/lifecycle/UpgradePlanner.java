package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.sandbox.lifecycle.Upgrade.Step;
import dev.valet.api.template.SpecComparison;
import dev.valet.common.template.TemplateChange;
import dev.valet.common.template.TemplateComparison;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what brings an instance to its wanted blueprint. Pure. */
final class UpgradePlanner {
  private UpgradePlanner() {}

  /**
   * The decision.
   *
   * @param applied what the instance was made from; null without instance
   * @param changes from the applied version to the wanted one, judged for this instance; empty if
   *     the version is the same
   */
  static Upgrade plan(@Nullable Blueprint applied, Blueprint wanted, List<TemplateChange> changes) {
    if (applied == null || applied.equals(wanted)) {
      return Upgrade.NOTHING;
    }
    // What people may choose does not matter to an instance, only what was chosen.
    List<TemplateChange> ofInstance =
        changes.stream().filter(change -> !SpecComparison.isOfParameters(change)).toList();
    boolean otherValues = !applied.parametersHash().equals(wanted.parametersHash());
    Step step = otherValues ? Step.REPLACE : step(ofInstance);
    return new Upgrade(step, words(applied, wanted, ofInstance, otherValues));
  }

  private static Step step(List<TemplateChange> changes) {
    return switch (TemplateComparison.worst(changes)) {
      case NONE -> Step.TELL;
      case IN_PLACE -> Step.RESTART;
      case REPLACE -> Step.REPLACE;
    };
  }

  private static String words(
      Blueprint applied, Blueprint wanted, List<TemplateChange> changes, boolean otherValues) {
    String what =
        Stream.concat(
                changes.stream().map(TemplateChange::path),
                otherValues ? Stream.of("values of parameters") : Stream.empty())
            .collect(Collectors.joining(", "));
    String versions =
        applied.templateVersion() == wanted.templateVersion()
            ? "Version " + wanted.templateVersion()
            : "Version %d -> %d".formatted(applied.templateVersion(), wanted.templateVersion());
    return what.isEmpty() ? versions : versions + ": " + what;
  }
}
