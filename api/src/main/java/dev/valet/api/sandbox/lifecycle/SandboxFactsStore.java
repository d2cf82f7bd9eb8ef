package dev.valet.api.sandbox.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.template.SpecCodec;
import dev.valet.common.template.TemplateSpec;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Reads what a launch and a probe target need to know of a sandbox and its template. */
@ApplicationScoped
class SandboxFactsStore {
  private static final String LOAD =
      """
      SELECT d.parameters, parameters_hash(d.parameters) AS hash, d.tags, d.template_version, v.spec
      FROM sandbox d
      JOIN template_version v ON v.template_id = d.template_id AND v.version = d.template_version
      WHERE d.id = $1
      """;
  private final SpecCodec codec;

  SandboxFactsStore(SpecCodec codec) {
    this.codec = codec;
  }

  /** What a person chose, and the template version that it was chosen for. */
  record SandboxFacts(
      Map<String, Object> parameters,
      Map<String, String> tags,
      TemplateSpec spec,
      Blueprint blueprint) {}

  Uni<SandboxFacts> load(Tx tx, UUID sandboxId) {
    return tx.first(LOAD, this::read, sandboxId).map(found -> requireNonNull(found, "sandbox row"));
  }

  private SandboxFacts read(Row row) {
    return new SandboxFacts(
        row.getJsonObject("parameters").getMap(),
        StatusCodec.tags(row.getJsonObject("tags")),
        codec.read(row.getJsonObject("spec")),
        new Blueprint(row.getInteger("template_version"), row.getString("hash")));
  }
}
