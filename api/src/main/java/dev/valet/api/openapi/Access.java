package dev.valet.api.openapi;

import dev.valet.api.access.AnyCaller;
import dev.valet.api.access.PublicRoute;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jspecify.annotations.Nullable;

/** Publishes what a route asks of its caller, as the access filter enforces it. */
final class Access {
  /** The extension that names the permission. */
  static final String EXTENSION = "x-valet-permission";

  /** Any permission will do. */
  static final String ANY = "any";

  /** No permission is asked for. */
  static final String PUBLIC = "public";

  private static final DotName REQUIRES = DotName.createSimple(Requires.class);
  private static final DotName ANY_CALLER = DotName.createSimple(AnyCaller.class);
  private static final DotName PUBLIC_ROUTE = DotName.createSimple(PublicRoute.class);

  private Access() {}

  /** A route that declares nothing gets no permission here either; a test finds it. */
  static void complete(Operation operation, Route route) {
    String permission = permission(route);
    if (permission != null) {
      operation.addExtension(EXTENSION, permission);
    }
    if (!PUBLIC.equals(permission)) {
      operation.setSecurity(
          List.of(OASFactory.createSecurityRequirement().addScheme(ApiContract.PEOPLE)));
    } else if (operation.getSecurity() == null) {
      operation.setSecurity(List.of());
    }
  }

  /** Whether people's permissions are asked. */
  static boolean isForPeople(Route route) {
    return !PUBLIC.equals(permission(route));
  }

  private static @Nullable String permission(Route route) {
    String own = declared(route.method());
    return own == null ? declared(route.resource()) : own;
  }

  private static @Nullable String declared(AnnotationTarget target) {
    AnnotationInstance requires = target.declaredAnnotation(REQUIRES);
    if (requires != null) {
      return Permission.valueOf(requires.value().asEnum()).wire();
    }
    if (target.hasDeclaredAnnotation(ANY_CALLER)) {
      return ANY;
    }
    return target.hasDeclaredAnnotation(PUBLIC_ROUTE) ? PUBLIC : null;
  }
}
