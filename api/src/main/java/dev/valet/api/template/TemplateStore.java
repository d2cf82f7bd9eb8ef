package dev.valet.api.template;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.template.TemplateSpec;
import dev.valet.common.template.TemplateVersionView;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.LockMode;
import org.jspecify.annotations.Nullable;

/** SQL of templates. */
@ApplicationScoped
class TemplateStore {
  private static final String SELECT =
      """
      SELECT id, name, description, latest_version, retired_at, version, created_at, updated_at
      FROM template
      """;
  private static final String PAGE =
      SELECT
          + """
          WHERE ($1::text IS NULL OR (lower(name), id) > (lower($1), $2))
            AND ($3::boolean IS NULL OR (retired_at IS NOT NULL) = $3)
            AND ($4::text IS NULL OR lower(name) LIKE $4 OR lower(description) LIKE $4)
          ORDER BY lower(name), id LIMIT $5
          """;
  private static final String BY_ID = SELECT + "WHERE id = $1";

  /** Shared: creations of sandboxes do not wait for each other, a retirement waits for them. */
  private static final String HELD = BY_ID + " FOR SHARE";

  private static final String VERSION_SELECT =
      "SELECT template_id, version, spec, created_at FROM template_version WHERE template_id = $1";
  private static final String VERSIONS =
      VERSION_SELECT + " AND version < $2 ORDER BY version DESC LIMIT $3";
  private static final String VERSION = VERSION_SELECT + " AND version = $2";
  private static final String MANY_VERSIONS =
      """
      SELECT v.template_id, v.version, v.spec, v.created_at
      FROM unnest($1::uuid[], $2::integer[]) AS wanted (id, number)
      JOIN template_version v ON v.template_id = wanted.id AND v.version = wanted.number
      """;
  private static final String EXISTS = "SELECT 1 FROM template WHERE lower(name) = lower($1)";
  private static final String INSERT_VERSION =
      """
      INSERT INTO template_version (template_id, version, spec, created_at) VALUES ($1, $2, $3, $4)
      """;

  private final Reads reads;
  private final SpecCodec codec;

  TemplateStore(Reads reads, SpecCodec codec) {
    this.reads = reads;
    this.codec = codec;
  }

  Uni<List<TemplateView>> page(
      TemplateFilter filter, @Nullable String afterName, @Nullable UUID afterId, int limit) {
    return reads.list(
        PAGE, TemplateStore::view, afterName, afterId, filter.retired(), filter.like(), limit);
  }

  Uni<@Nullable TemplateView> find(UUID id) {
    return reads.first(BY_ID, TemplateStore::view, id);
  }

  /** The template, which is neither retired nor un-retired before the transaction ends. */
  Uni<@Nullable TemplateView> hold(Tx tx, UUID id) {
    return tx.first(HELD, TemplateStore::view, id);
  }

  /** The template's row, locked for a change; null when there is none. */
  Uni<@Nullable Template> lock(Tx tx, UUID id) {
    return tx.session().find(Template.class, id, LockMode.PESSIMISTIC_WRITE);
  }

  /** Versions below a number, newest first. */
  Uni<List<TemplateVersionView>> versions(UUID id, int below, int limit) {
    return reads.list(VERSIONS, this::version, id, below, limit);
  }

  Uni<@Nullable TemplateVersionView> findVersion(UUID id, int version) {
    return reads.first(VERSION, this::version, id, version);
  }

  Uni<@Nullable TemplateVersionView> findVersion(Tx tx, UUID id, int version) {
    return tx.first(VERSION, this::version, id, version);
  }

  /** Those of these versions that there are. */
  Uni<List<TemplateVersionView>> findVersions(List<TemplateService.VersionKey> keys) {
    return reads.list(
        MANY_VERSIONS,
        this::version,
        keys.stream().map(TemplateService.VersionKey::templateId).toArray(UUID[]::new),
        keys.stream().map(TemplateService.VersionKey::version).toArray(Integer[]::new));
  }

  Uni<Boolean> exists(Tx tx, String name) {
    return tx.first(EXISTS, row -> true, name).map(found -> found != null);
  }

  Uni<Void> insertVersion(Tx tx, UUID templateId, int version, TemplateSpec spec, Instant at) {
    return tx.update(INSERT_VERSION, templateId, version, codec.write(spec), Rows.parameter(at))
        .replaceWithVoid();
  }

  private static TemplateView view(Row row) {
    return new TemplateView(
        row.getUUID("id"),
        row.getString("name"),
        row.getString("description"),
        row.getInteger("latest_version"),
        Rows.instant(row, "retired_at"),
        row.getLong("version"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }

  private TemplateVersionView version(Row row) {
    return new TemplateVersionView(
        row.getUUID("template_id"),
        row.getInteger("version"),
        codec.read(requireNonNull(row.getJsonObject("spec"))),
        Rows.requiredInstant(row, "created_at"));
  }
}
