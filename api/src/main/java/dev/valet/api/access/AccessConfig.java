package dev.valet.api.access;

import dev.valet.common.access.BuiltInRole;
import dev.valet.common.sandbox.Environment;
import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** Which of the identity provider's groups mean what. Nothing is mapped unless it is here. */
@ConfigMapping(prefix = "valet.access")
public interface AccessConfig {
  /** By the group's name as it stands in the token. */
  Map<String, Group> groups();

  /** What the members of a group are. */
  interface Group {
    /** The role: viewer, auditor, operator or admin. */
    BuiltInRole role();

    /** Slug of the only tenant in which they have it; all tenants if absent. */
    Optional<String> tenant();

    /** The only environment in which they have it; all environments if absent. */
    Optional<Environment> environment();
  }
}
