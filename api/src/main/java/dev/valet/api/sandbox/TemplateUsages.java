package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.template.TemplateService;
import dev.valet.common.template.TemplateUsage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Tells which versions of a template are in use. */
@Singleton
class TemplateUsages {
  private final TemplateService templates;
  private final TemplateUsageStore store;

  TemplateUsages(TemplateService templates, TemplateUsageStore store) {
    this.templates = templates;
    this.store = store;
  }

  /**
   * Counts by version, of the sandboxes within the scope.
   *
   * @throws ProblemException not-found
   */
  Uni<TemplateUsage> of(UUID templateId, Scope scope) {
    return templates
        .get(templateId)
        .chain(template ->
            store
                .count(templateId, scope)
                .map(
                    versions -> new TemplateUsage(templateId, template.latestVersion(), versions)));
  }
}
