/**
 * The audit log: one row for every change that somebody or Valet itself made, written with the
 * change, never altered; chained by seals and witnessed by signed checkpoints. Writes {@code
 * audit}, {@code audit_unsealed}, {@code audit_seal}, {@code audit_head}, {@code audit_checkpoint}.
 */
@NullMarked
package dev.valet.api.audit;

import org.jspecify.annotations.NullMarked;
