/**
 * The machines behind the instances: real agent processes, each on its own loopback address, or
 * whatever a test puts in their place.
 *
 * <p>Writes {@code DATA/ec2/volumes}, {@code DATA/ec2/console} and {@code DATA/ec2/run}.
 */
@NullMarked
package dev.valet.local.ec2.machine;

import org.jspecify.annotations.NullMarked;
