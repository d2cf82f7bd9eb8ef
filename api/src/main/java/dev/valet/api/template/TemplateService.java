package dev.valet.api.template;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.template.TemplateComparison;
import dev.valet.common.template.TemplateVersionView;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads templates. Every caller with permission read sees every template. */
@ApplicationScoped
public class TemplateService {
  private final TemplateStore store;

  TemplateService(TemplateStore store) {
    this.store = store;
  }

  /** Templates by name, after a name and id; both null for the first page. */
  Uni<List<TemplateView>> page(
      TemplateFilter filter, @Nullable String afterName, @Nullable UUID afterId, int limit) {
    return store.page(filter, afterName, afterId, limit);
  }

  /**
   * A template.
   *
   * @throws ProblemException not-found
   */
  public Uni<TemplateView> get(UUID id) {
    return store
        .find(id)
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("template " + id));
  }

  /** Versions of a template below a number, newest first. */
  Uni<List<TemplateVersionView>> versions(UUID id, int below, int limit) {
    return get(id).chain(template -> store.versions(id, below, limit));
  }

  /**
   * How two versions of a template differ.
   *
   * @param from null for the version before the other
   * @param to null for the latest
   * @throws ProblemException not-found, validation for a version that the template does not have
   */
  Uni<TemplateComparison> compare(UUID id, @Nullable Integer from, @Nullable Integer to) {
    return get(id)
        .chain(template -> {
          int end = to == null ? template.latestVersion() : to;
          int start = from == null ? Math.max(1, end - 1) : from;
          return compared(id, "from", start, template.latestVersion())
              .chain(before ->
                  compared(id, "to", end, template.latestVersion())
                      .map(after -> comparison(before, after)));
        });
  }

  private static TemplateComparison comparison(
      TemplateVersionView before, TemplateVersionView after) {
    return TemplateComparison.of(
        before.templateId(),
        before.version(),
        after.version(),
        SpecComparison.between(before.spec(), after.spec()));
  }

  private Uni<TemplateVersionView> compared(UUID id, String parameter, int version, int latest) {
    return store
        .findVersion(id, version)
        .onItem()
        .ifNull()
        .failWith(
            () -> ProblemException.field(parameter, "does not exist", List.of("1 to " + latest)));
  }

  /** A version of a template; null when there is none. */
  public Uni<@Nullable TemplateVersionView> findVersion(UUID id, int version) {
    return store.findVersion(id, version);
  }

  /** Names one version of one template. */
  public record VersionKey(UUID templateId, int version) {}

  /** Those of these versions that there are, in one query. */
  public Uni<List<TemplateVersionView>> findVersions(List<VersionKey> keys) {
    return store.findVersions(keys);
  }

  /** {@link #findVersion(UUID, int)} inside a transaction. */
  public Uni<@Nullable TemplateVersionView> findVersion(Tx tx, UUID id, int version) {
    return store.findVersion(tx, id, version);
  }

  /** A template; null when there is none. */
  public Uni<@Nullable TemplateView> find(UUID id) {
    return store.find(id);
  }

  /**
   * A template that is not retired or un-retired before the transaction ends; null when there is
   * none.
   */
  public Uni<@Nullable TemplateView> hold(Tx tx, UUID id) {
    return store.hold(tx, id);
  }
}
