package dev.valet.api.platform.db;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jboss.logging.Logger;

/**
 * Refuses to start on a database in which a task engine keeps its tables: both would migrate one
 * schema, and the engine's clean-up would take Valet's place. Runs before Flyway writes anything.
 */
@Singleton
class EngineTablesCheck implements FlywayConfigurationCustomizer {
  private static final Logger LOG = Logger.getLogger(EngineTablesCheck.class);

  @Override
  public void customize(FluentConfiguration flyway) {
    List<String> tables = tables(flyway);
    if (!tables.isEmpty()) {
      throw new ConfigurationException(
          "Refusing to start: this database holds a Hatchet engine's tables ("
              + String.join(", ", tables)
              + "). Give each its own database and role: point quarkus.datasource.jdbc.url and"
              + " quarkus.datasource.reactive.url to one of Valet's own, or move the engine's first"
              + " (docs/runbooks/hatchet-database.md)");
    }
  }

  /** A database that does not answer is Flyway's to report. */
  private static List<String> tables(FluentConfiguration flyway) {
    try {
      return EngineTables.of(flyway.getDataSource());
    } catch (SQLException e) {
      LOG.debug("Could not look for a task engine's tables", e);
      return List.of();
    }
  }
}
