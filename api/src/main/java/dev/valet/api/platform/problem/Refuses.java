package dev.valet.api.platform.problem;

import dev.valet.common.problem.ProblemType;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Problems that a route answers with and that do not follow from its permission, path, parameters
 * or body; on a method, or on a resource class for all its methods. For the API's document alone.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Refuses {
  /** Which of the catalogue. */
  ProblemType[] value();
}
