/**
 * Long work: what was asked, its steps, its end. Writes operation, for the service that opens one
 * and for the reconciler's record step.
 */
@NullMarked
package dev.valet.api.operation;

import org.jspecify.annotations.NullMarked;
