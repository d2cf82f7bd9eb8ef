package dev.valet.api.sandbox;

import dev.valet.api.template.SpecComparison;
import dev.valet.api.template.TemplateService;
import dev.valet.api.template.TemplateService.VersionKey;
import dev.valet.common.sandbox.SandboxView;
import dev.valet.common.sandbox.SandboxView.Drift;
import dev.valet.common.template.TemplateChange;
import dev.valet.common.template.TemplateComparison;
import dev.valet.common.template.TemplateSpec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How sandboxes differ from the latest version of their template. Versions never change, so what
 * was found once is remembered.
 */
@ApplicationScoped
class Drifts {
  private static final int MOST_KNOWN = 5_000;

  private final TemplateService templates;
  private final Map<Question, Drift> known = new ConcurrentHashMap<>();

  Drifts(TemplateService templates) {
    this.templates = templates;
  }

  /** From one version to a later one, for an instance of this type; null before the launch. */
  private record Question(UUID templateId, int from, int to, @Nullable String instanceType) {
    VersionKey fromKey() {
      return new VersionKey(templateId, from);
    }

    VersionKey toKey() {
      return new VersionKey(templateId, to);
    }
  }

  /** The views with their drift; one query for all that is not known yet. */
  Uni<List<SandboxView>> shown(List<SandboxView> views) {
    List<Question> open =
        views.stream()
            .map(Drifts::question)
            .filter(Objects::nonNull)
            .distinct()
            .filter(question -> !known.containsKey(question))
            .toList();
    return open.isEmpty()
        ? Uni.createFrom().item(with(views, Map.of()))
        : found(open).map(found -> with(views, found));
  }

  /**
   * Finds out what {@link #remembered} will need for new sandboxes of a version; for use before a
   * transaction.
   */
  Uni<Void> learn(UUID templateId, int from, int to) {
    Question question = new Question(templateId, from, to, null);
    return from == to || known.containsKey(question)
        ? Uni.createFrom().voidItem()
        : found(List.of(question)).replaceWithVoid();
  }

  /** The view with its drift, if that was found out before; asks nothing. */
  SandboxView remembered(SandboxView view) {
    return with(view, Map.of());
  }

  Uni<SandboxView> shown(SandboxView view) {
    return shown(List.of(view)).map(List::getFirst);
  }

  private static @Nullable Question question(SandboxView view) {
    Integer applied = view.appliedTemplateVersion();
    int from = applied == null ? view.templateVersion() : applied;
    return from == view.latestTemplateVersion()
        ? null
        : new Question(
            view.templateId(),
            from,
            view.latestTemplateVersion(),
            view.ec2() == null ? null : view.ec2().type());
  }

  private Uni<Map<Question, Drift>> found(List<Question> open) {
    List<VersionKey> keys =
        open.stream()
            .flatMap(question -> Stream.of(question.fromKey(), question.toKey()))
            .distinct()
            .toList();
    return templates
        .findVersions(keys)
        .map(versions ->
            versions.stream()
                .collect(
                    Collectors.toMap(
                        version -> new VersionKey(version.templateId(), version.version()),
                        version -> version.spec())))
        .map(specs ->
            open.stream()
                .collect(Collectors.toMap(question -> question, one -> compared(one, specs))))
        .invoke(this::remember);
  }

  private void remember(Map<Question, Drift> found) {
    if (known.size() + found.size() > MOST_KNOWN) {
      known.clear();
    }
    known.putAll(found);
  }

  private static Drift compared(Question question, Map<VersionKey, TemplateSpec> specs) {
    List<TemplateChange> changes =
        SpecComparison.between(
            Objects.requireNonNull(specs.get(question.fromKey())),
            Objects.requireNonNull(specs.get(question.toKey())),
            question.instanceType());
    return new Drift(
        TemplateComparison.worst(changes), changes.stream().map(TemplateChange::inWords).toList());
  }

  private List<SandboxView> with(List<SandboxView> views, Map<Question, Drift> found) {
    return views.stream().map(view -> with(view, found)).toList();
  }

  private SandboxView with(SandboxView view, Map<Question, Drift> found) {
    Question question = question(view);
    if (question == null) {
      return view;
    }
    Drift drift = found.get(question);
    return view.withDrift(drift == null ? known.get(question) : drift);
  }
}
