package dev.valet.api.desktop;

import dev.valet.api.access.Caller;
import dev.valet.common.access.Permission;
import dev.valet.common.agent.VncMode;
import dev.valet.common.sandbox.Environment;
import java.util.UUID;

/** A sandbox, and where it belongs. */
record Place(UUID sandboxId, UUID tenantId, Environment environment) {

  /** Whether the caller may see the sandbox at all. */
  boolean isVisibleTo(Caller caller) {
    return caller.may(Permission.READ, tenantId, environment);
  }

  /** Whether the caller may watch the desktop in this mode. */
  boolean allows(Caller caller, VncMode mode) {
    return isVisibleTo(caller) && caller.may(permission(mode), tenantId, environment);
  }

  /** To look on is to read. */
  static Permission permission(VncMode mode) {
    return switch (mode) {
      case VIEW -> Permission.READ;
      case CONTROL -> Permission.CONNECT;
    };
  }
}
