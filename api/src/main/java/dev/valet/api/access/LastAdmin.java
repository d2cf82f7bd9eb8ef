package dev.valet.api.access;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.access.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Somebody must stay who can give rights: nobody saws off the branch that all sit on. */
@ApplicationScoped
class LastAdmin {
  private final AccessConfig config;
  private final GrantStore store;

  LastAdmin(AccessConfig config, GrantStore store) {
    this.config = config;
    this.store = store;
  }

  /**
   * Ends a change, after it was made in this transaction, if nobody holds {@code admin} everywhere
   * any more: neither by a grant without end nor by a group mapping. The access version must be
   * locked.
   *
   * @throws ProblemException conflict
   */
  Uni<Void> mustRemain(Tx tx) {
    if (config.groups().values().stream().anyMatch(LastAdmin::isAdminEverywhere)) {
      return Uni.createFrom().voidItem();
    }
    return store
        .hasAdminEverywhere(tx)
        .invoke(has -> {
          if (!has) {
            throw ProblemException.conflict(
                "Nobody would hold \"admin\" everywhere any more; give it to somebody else first,"
                    + " without an end");
          }
        })
        .replaceWithVoid();
  }

  private static boolean isAdminEverywhere(AccessConfig.Group group) {
    return group.role().permissions().contains(Permission.ADMIN)
        && group.tenant().isEmpty()
        && group.environment().isEmpty();
  }
}
