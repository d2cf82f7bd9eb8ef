package dev.valet.api.template;

import dev.valet.api.platform.problem.ProblemException;
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
  public Uni<List<TemplateView>> page(
      @Nullable String afterName, @Nullable UUID afterId, int limit) {
    return store.page(afterName, afterId, limit);
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
  public Uni<List<TemplateVersionView>> versions(UUID id, int below, int limit) {
    return get(id).chain(template -> store.versions(id, below, limit));
  }

  /** A version of a template; null when there is none. */
  public Uni<@Nullable TemplateVersionView> findVersion(UUID id, int version) {
    return store.findVersion(id, version);
  }

  /** A template; null when there is none. */
  public Uni<@Nullable TemplateView> find(UUID id) {
    return store.find(id);
  }
}
