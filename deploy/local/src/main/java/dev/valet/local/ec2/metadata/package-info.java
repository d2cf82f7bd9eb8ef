/**
 * What an instance can learn about itself: the instance metadata service, version 2, under a base
 * address of its own for each instance.
 *
 * <p>Writes {@code DATA/ec2/identity-key.pem} and {@code DATA/ec2/identity-public.pem}.
 */
@NullMarked
package dev.valet.local.ec2.metadata;

import org.jspecify.annotations.NullMarked;
