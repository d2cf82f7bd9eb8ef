package dev.valet.api.desktop;

import dev.valet.api.platform.db.Reads;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads where a sandbox belongs. */
@ApplicationScoped
class PlaceStore {
  private static final String FIND = "SELECT tenant_id, environment FROM sandbox WHERE id = $1";

  private final Reads reads;

  PlaceStore(Reads reads) {
    this.reads = reads;
  }

  Uni<@Nullable Place> find(UUID sandboxId) {
    return reads.first(
        FIND,
        row ->
            new Place(
                sandboxId,
                row.getUUID("tenant_id"),
                Environment.fromWire(row.getString("environment"))),
        sandboxId);
  }
}
