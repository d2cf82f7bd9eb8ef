package dev.valet.api.access;

import dev.valet.common.access.Permission;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that a route needs; on a method, or on a resource class for all its methods (the
 * method wins). It is checked before the body is read: whoever holds it nowhere gets 403. Where it
 * is held, and so for which objects, the service checks with {@link Caller#scope}.
 *
 * <p>A route with neither this nor {@link PublicRoute} is refused to everybody.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Requires {
  /** The permission. */
  Permission value();
}
