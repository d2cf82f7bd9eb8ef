package dev.valet.api.access;

import dev.valet.common.access.BuiltInRole;
import dev.valet.common.sandbox.Environment;
import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** Who may do what before, and beside, anything that was granted. */
@ConfigMapping(prefix = "valet.access")
public interface AccessConfig {
  /**
   * Which of the identity provider's groups mean what, by the group's name as it stands in the
   * token. Nothing is mapped unless it is here.
   */
  Map<String, Group> groups();

  /** Who becomes the first administrator. */
  First firstAdmin();

  /** The first administrator. */
  interface First {
    /**
     * E-mail address. The first person whose token says that it is theirs, and that it was
     * verified, is granted admin everywhere; once, then never again.
     */
    Optional<String> email();
  }

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
