package dev.valet.api.template;

import dev.valet.common.template.TemplateView;
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

  @Column(name = "retired_at")
  Instant retiredAt;

  long version;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  /** A template whose first version is about to be stored. */
  static Template first(UUID id, String name, String description, Instant now) {
    Template template = new Template();
    template.id = id;
    template.name = name;
    template.description = description;
    template.latestVersion = 1;
    template.version = 1;
    template.createdAt = now;
    template.updatedAt = now;
    return template;
  }

  void touch(Instant now) {
    version++;
    updatedAt = now;
  }

  TemplateView view() {
    return new TemplateView(
        id, name, description, latestVersion, retiredAt, version, createdAt, updatedAt);
  }
}
