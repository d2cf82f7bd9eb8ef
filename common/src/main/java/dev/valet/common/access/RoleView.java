package dev.valet.common.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A role: a named set of permissions.
 *
 * @param id never changes
 * @param name unique, such as {@code on-call}
 * @param description for people, such as {@code Watches and restarts}
 * @param permissions what it allows, sorted
 * @param builtIn whether it comes with Valet; such a role is neither changed nor deleted
 * @param version for {@code If-Match}; also the ETag
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record RoleView(
    UUID id,
    String name,
    String description,
    List<Permission> permissions,
    boolean builtIn,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** Copies what it is given. */
  public RoleView {
    permissions = List.copyOf(permissions);
  }
}
