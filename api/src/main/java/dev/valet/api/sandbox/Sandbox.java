package dev.valet.api.sandbox;

import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Environment;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** What is wanted of a sandbox. Written by {@link SandboxService} alone. */
@Entity(name = "sandbox")
@NullUnmarked
class Sandbox extends PanacheEntityBase {
  @Id UUID id;

  @Column(name = "tenant_id")
  UUID tenantId;

  String environment;
  String name;

  @Column(name = "template_id")
  UUID templateId;

  @Column(name = "template_version")
  int templateVersion;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> parameters;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> tags;

  int capacity;
  String desired;
  long generation;

  /** Generation of the last wish that waits for no task; 0 for none. */
  long forced;

  long restart;
  long version;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  DesiredState desired() {
    return DesiredState.fromWire(desired);
  }

  /** Who may see its events. */
  EventSubject subject() {
    return EventSubject.sandbox(tenantId, Environment.fromWire(environment), id);
  }

  /** A new wish: the reconciler sees that the generation moved. */
  void want(DesiredState state, Instant now) {
    desired = state.wire();
    generation++;
    touch(now);
  }

  /** The present wish waits for no task. */
  void force() {
    forced = generation;
  }

  boolean isForced() {
    return forced == generation;
  }

  void wantRestart(Instant now) {
    want(DesiredState.RUNNING, now);
    restart = generation;
  }

  void touch(Instant now) {
    version++;
    updatedAt = now;
  }
}
