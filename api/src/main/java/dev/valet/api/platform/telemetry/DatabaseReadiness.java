package dev.valet.api.platform.telemetry;

import dev.valet.api.platform.db.Reads;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Ready when the database answers and its schema is the one that this program knows, or newer. */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final String VERSION =
      """
      SELECT version FROM flyway_schema_history
      WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1
      """;

  private final Reads reads;
  private final Flyway flyway;
  private MigrationVersion expected = MigrationVersion.EMPTY;

  DatabaseReadiness(Reads reads, Flyway flyway) {
    this.reads = reads;
    this.flyway = flyway;
  }

  /** Flyway has migrated by now, or the start has failed. */
  void rememberOwnVersion(@Observes StartupEvent event) {
    MigrationInfo current = flyway.info().current();
    if (current != null) {
      expected = current.getVersion();
    }
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return reads
        .first(VERSION, row -> row.getString("version"))
        .map(this::judge)
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .onFailure()
        .recoverWithItem(failure -> response(false, "unreachable"));
  }

  private HealthCheckResponse judge(@Nullable String version) {
    boolean migrated =
        version != null && MigrationVersion.fromVersion(version).compareTo(expected) >= 0;
    return response(migrated, version == null ? "none" : version);
  }

  private HealthCheckResponse response(boolean up, String version) {
    return HealthCheckResponse.named("database")
        .status(up)
        .withData("schemaVersion", version)
        .withData("expectedVersion", String.valueOf(expected))
        .build();
  }
}
