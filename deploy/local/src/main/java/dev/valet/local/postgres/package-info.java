/**
 * PostgreSQL on this machine, for {@code ./valet up} and for the tests: unpacks the binaries once
 * per user, initialises a data folder, starts and stops the server, and creates the two roles that
 * Valet has everywhere: {@code valet_owner} migrates, {@code valet_app} runs.
 *
 * <p>Writes the cache folder of the user ({@code ~/.cache/valet}) and the data folder it was given.
 */
@NullMarked
package dev.valet.local.postgres;

import org.jspecify.annotations.NullMarked;
