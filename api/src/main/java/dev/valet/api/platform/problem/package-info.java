/**
 * Problems (RFC 9457): {@link dev.valet.api.platform.problem.ProblemException} is how any code says
 * no, and everything that fails, in the framework too, is answered with one of the catalogue.
 */
@NullMarked
package dev.valet.api.platform.problem;

import org.jspecify.annotations.NullMarked;
