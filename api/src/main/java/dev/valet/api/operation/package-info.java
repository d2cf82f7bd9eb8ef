/**
 * Long work: what was asked, its steps, its end. Writes operation and operation_item, for the
 * services that open them and for the reconciler's record step.
 */
@NullMarked
package dev.valet.api.operation;

import org.jspecify.annotations.NullMarked;
