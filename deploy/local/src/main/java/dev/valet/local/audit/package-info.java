/**
 * {@code valet audit verify}: asks a running Valet to verify its audit log, or verifies an export
 * without it.
 */
@NullMarked
package dev.valet.local.audit;

import org.jspecify.annotations.NullMarked;
