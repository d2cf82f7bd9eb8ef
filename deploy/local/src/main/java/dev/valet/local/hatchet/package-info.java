/**
 * A real Hatchet engine on this machine: builds it once per user where Go is installed, and knows
 * how to start it on a database of its own.
 *
 * <p>Writes the cache folder of the user ({@code ~/.cache/valet}) and the folder it was given: the
 * engine's keys, token and addresses, each 0600.
 */
@NullMarked
package dev.valet.local.hatchet;

import org.jspecify.annotations.NullMarked;
