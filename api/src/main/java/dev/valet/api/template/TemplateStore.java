package dev.valet.api.template;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.template.TemplateSpec;
import dev.valet.common.template.TemplateVersionView;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of templates. */
@ApplicationScoped
class TemplateStore {
  private static final String PAGE =
      """
      SELECT id, name, description, latest_version, created_at FROM template
      WHERE ($1::text IS NULL OR (lower(name), id) > (lower($1), $2)) ORDER BY lower(name), id LIMIT $3
      """;
  private static final String BY_ID =
      "SELECT id, name, description, latest_version, created_at FROM template WHERE id = $1";
  private static final String VERSIONS =
      """
      SELECT template_id, version, spec, created_at FROM template_version
      WHERE template_id = $1 AND version < $2 ORDER BY version DESC LIMIT $3
      """;
  private static final String VERSION =
      """
      SELECT template_id, version, spec, created_at FROM template_version
      WHERE template_id = $1 AND version = $2
      """;
  private static final String EXISTS = "SELECT 1 FROM template WHERE lower(name) = lower($1)";
  private static final String INSERT_VERSION =
      """
      INSERT INTO template_version (template_id, version, spec, created_at) VALUES ($1, $2, $3, $4)
      """;

  private final Reads reads;
  private final ObjectMapper json;

  TemplateStore(Reads reads, ObjectMapper json) {
    this.reads = reads;
    this.json = json;
  }

  Uni<List<TemplateView>> page(@Nullable String afterName, @Nullable UUID afterId, int limit) {
    return reads.list(PAGE, TemplateStore::view, afterName, afterId, limit);
  }

  Uni<@Nullable TemplateView> find(UUID id) {
    return reads.first(BY_ID, TemplateStore::view, id);
  }

  /** Versions below a number, newest first. */
  Uni<List<TemplateVersionView>> versions(UUID id, int below, int limit) {
    return reads.list(VERSIONS, this::version, id, below, limit);
  }

  Uni<@Nullable TemplateVersionView> findVersion(UUID id, int version) {
    return reads.first(VERSION, this::version, id, version);
  }

  Uni<Boolean> exists(Tx tx, String name) {
    return tx.first(EXISTS, row -> true, name).map(found -> found != null);
  }

  Uni<Void> insertVersion(Tx tx, UUID templateId, int version, TemplateSpec spec, Instant at) {
    return tx.update(INSERT_VERSION, templateId, version, write(spec), Rows.parameter(at))
        .replaceWithVoid();
  }

  private static TemplateView view(Row row) {
    return new TemplateView(
        row.getUUID("id"),
        row.getString("name"),
        row.getString("description"),
        row.getInteger("latest_version"),
        Rows.requiredInstant(row, "created_at"));
  }

  private TemplateVersionView version(Row row) {
    return new TemplateVersionView(
        row.getUUID("template_id"),
        row.getInteger("version"),
        read(requireNonNull(row.getJsonObject("spec"))),
        Rows.requiredInstant(row, "created_at"));
  }

  private TemplateSpec read(JsonObject spec) {
    try {
      return json.readValue(spec.encode(), TemplateSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored template version cannot be read", e);
    }
  }

  private JsonObject write(TemplateSpec spec) {
    try {
      return new JsonObject(json.writeValueAsString(spec));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a template version cannot be written", e);
    }
  }
}
