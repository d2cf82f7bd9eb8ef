/**
 * The audit log: one row for every change that somebody or Valet itself made, written with the
 * change, never altered. Writes {@code audit}.
 */
@NullMarked
package dev.valet.api.audit;

import org.jspecify.annotations.NullMarked;
