package dev.valet.api.platform.outbox;

import dev.valet.common.sandbox.Environment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event is about, and so who may see it.
 *
 * @param tenantId null for the whole fleet
 * @param environment null for the whole fleet
 * @param sandboxId null if it is about none in particular
 */
public record EventSubject(
    @Nullable UUID tenantId, @Nullable Environment environment, @Nullable UUID sandboxId) {

  /** A sandbox: for those who may read it. */
  public static EventSubject sandbox(UUID tenantId, Environment environment, UUID sandboxId) {
    return new EventSubject(tenantId, environment, sandboxId);
  }

  /** Sandboxes of one tenant and environment: for those who may read them. */
  public static EventSubject place(UUID tenantId, Environment environment) {
    return new EventSubject(tenantId, environment, null);
  }

  /** The whole fleet: for everybody who may read any sandbox, so it tells of none in particular. */
  public static EventSubject fleet() {
    return new EventSubject(null, null, null);
  }

  @Nullable String environmentName() {
    return environment == null ? null : environment.wire();
  }
}
