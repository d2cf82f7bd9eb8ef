/** Long work and its steps. */
@NullMarked
package dev.valet.common.operation;

import org.jspecify.annotations.NullMarked;
