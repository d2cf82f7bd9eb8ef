package dev.valet.api.operation;

import dev.valet.api.access.Caller;
import dev.valet.api.access.Scope;
import dev.valet.common.access.Permission;
import java.util.ArrayList;
import java.util.List;

/**
 * Operations that a caller may see: those in their area, and the bulk operations that they started.
 *
 * @param scope where they hold the permission
 * @param principal who they are
 */
record Visible(Scope scope, String principal) {
  static Visible to(Caller caller, Permission permission) {
    return new Visible(caller.scope(permission), caller.principal());
  }

  /** The condition on a row of table operation. */
  Scope.Sql where(String alias, int firstParameter) {
    Scope.Sql area = scope.where(alias, firstParameter + 1);
    return either("%s.principal = $%d".formatted(alias, firstParameter), area);
  }

  /**
   * Items of a bulk operation that they may see: by their area, and of one that they started also
   * those that turned out not to exist.
   */
  Scope.Sql items(String alias, int firstParameter) {
    Scope.Sql area = scope.where(alias, firstParameter + 1);
    String unknown =
        """
        (%1$s.tenant_id IS NULL AND EXISTS (SELECT 1 FROM operation o
          WHERE o.id = %1$s.operation_id AND o.principal = $%2$d))
        """
            .formatted(alias, firstParameter);
    return either(unknown, area);
  }

  private Scope.Sql either(String own, Scope.Sql area) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(principal);
    parameters.addAll(area.parameters());
    return new Scope.Sql("(" + own + " OR " + area.text() + ")", parameters);
  }
}
