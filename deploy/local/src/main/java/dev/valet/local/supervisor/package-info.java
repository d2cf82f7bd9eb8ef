/**
 * {@code ./valet up}: runs PostgreSQL, the identity provider, the local EC2, the API and, where it
 * can be built, a Hatchet engine as child processes that die with it, starts a dead one again, and
 * stops all in order.
 *
 * <p>Writes the data folder: {@code local.properties}, keys, {@code ec2.env}, logs.
 */
@NullMarked
package dev.valet.local.supervisor;

import org.jspecify.annotations.NullMarked;
