package dev.valet.api.sandbox;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.template.TemplateService;
import dev.valet.common.sandbox.UpgradeSandboxRequest;
import dev.valet.common.template.TemplateVersionView;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes a wish of a request to upgrade, from the versions as they are stored. */
@Singleton
class UpgradeWishes {
  private final TemplateService templates;

  UpgradeWishes(TemplateService templates) {
    this.templates = templates;
  }

  /**
   * What the sandbox shall become.
   *
   * @throws ProblemException validation, for an unknown version or wrong parameters
   */
  Uni<UpgradeWish> of(Tx tx, Sandbox sandbox, UpgradeSandboxRequest request) {
    return templates
        .hold(tx, sandbox.templateId)
        .map(Objects::requireNonNull)
        .chain(template -> wanted(tx, template, request))
        .chain(wanted ->
            templates
                .findVersion(tx, sandbox.templateId, sandbox.templateVersion)
                .map(present -> wish(sandbox, Objects.requireNonNull(present), wanted, request)));
  }

  private Uni<TemplateVersionView> wanted(
      Tx tx, TemplateView template, UpgradeSandboxRequest request) {
    int version = Objects.requireNonNullElse(request.templateVersion(), template.latestVersion());
    return templates
        .findVersion(tx, template.id(), version)
        .onItem()
        .ifNull()
        .failWith(() ->
            ProblemException.field(
                "templateVersion", "does not exist", List.of("1 to " + template.latestVersion())));
  }

  private static UpgradeWish wish(
      Sandbox sandbox,
      TemplateVersionView present,
      TemplateVersionView wanted,
      UpgradeSandboxRequest request) {
    Map<String, Object> given = Objects.requireNonNullElse(request.parameters(), Map.of());
    return UpgradeWish.of(sandbox, present.spec(), wanted.version(), wanted.spec(), given);
  }
}
