package dev.valet.api.template;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** Row of a template; its versions hold what matters. */
@Entity(name = "template")
@NullUnmarked
class Template extends PanacheEntityBase {
  @Id UUID id;

  String name;
  String description;

  @Column(name = "latest_version")
  int latestVersion;

  @Column(name = "created_at")
  Instant createdAt;
}
