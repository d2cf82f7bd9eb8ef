package dev.valet.common.template;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * How two versions of a template differ.
 *
 * @param templateId of which template
 * @param from the version that the changes start from
 * @param to the version that they lead to
 * @param effect the worst effect of all changes
 * @param changes field by field; empty if the versions are the same
 */
public record TemplateComparison(
    UUID templateId, int from, int to, TemplateEffect effect, List<TemplateChange> changes) {

  /** Copies what it is given. */
  public TemplateComparison {
    changes = List.copyOf(changes);
  }

  /** With the worst effect of the changes. */
  public static TemplateComparison of(
      UUID templateId, int from, int to, List<TemplateChange> changes) {
    return new TemplateComparison(templateId, from, to, worst(changes), changes);
  }

  /** The worst effect of these changes. */
  public static TemplateEffect worst(List<TemplateChange> changes) {
    return changes.stream()
        .map(TemplateChange::effect)
        .max(Comparator.naturalOrder())
        .orElse(TemplateEffect.NONE);
  }
}
