/**
 * Events on their way to clients, written in the transaction of the change that caused them. Writes
 * table outbox.
 */
@NullMarked
package dev.valet.api.platform.outbox;

import org.jspecify.annotations.NullMarked;
