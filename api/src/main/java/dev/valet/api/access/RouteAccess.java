package dev.valet.api.access;

import dev.valet.common.access.Permission;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What a route asks of its caller, read from its annotations. */
sealed interface RouteAccess {
  /** Nothing. */
  record Open() implements RouteAccess {}

  /** Any permission at all. */
  record Anyone() implements RouteAccess {}

  /** This permission, somewhere. */
  record Needs(Permission permission) implements RouteAccess {}

  /** Nobody said: refused. */
  record Undeclared() implements RouteAccess {}

  /** What the method declares or else its class; a method's own word wins as a whole. */
  static RouteAccess of(Class<?> resource, Method method) {
    RouteAccess own = declared(method::getAnnotation);
    if (own != null) {
      return own;
    }
    RouteAccess shared = declared(resource::getAnnotation);
    return shared == null ? new Undeclared() : shared;
  }

  private static @Nullable RouteAccess declared(Annotations on) {
    Requires requires = on.get(Requires.class);
    if (requires != null) {
      return new Needs(requires.value());
    }
    if (on.get(AnyCaller.class) != null) {
      return new Anyone();
    }
    return on.get(PublicRoute.class) == null ? null : new Open();
  }

  /** Where to look for annotations. */
  interface Annotations {
    /** The annotation of that type, null if there is none. */
    <A extends Annotation> @Nullable A get(Class<A> type);
  }

  /** Whether this caller may pass. */
  default boolean admits(Caller caller) {
    return switch (this) {
      case Open ignored -> true;
      case Anyone ignored -> !caller.permissions().isEmpty();
      case Needs needs -> !caller.scope(needs.permission()).isNone();
      case Undeclared ignored -> false;
    };
  }
}
