/**
 * EC2 on one machine: a process of its own that speaks EC2's query protocol on loopback, so that
 * the control plane calls it through the ordinary AWS SDK with only the endpoint changed. Its
 * instances are real agent processes, each on its own loopback address. {@link
 * dev.valet.local.ec2.LocalEc2} starts one inside a test.
 *
 * <p>Sub-packages, each using only those before it: {@code wire} (protocol), {@code fleet}
 * (instances and their journal), {@code machine} (agent processes), {@code action} (EC2's actions),
 * {@code metadata} (instance metadata service), {@code chaos} (faults on purpose).
 *
 * <p>Writes below {@code DATA/ec2} only.
 */
@NullMarked
package dev.valet.local.ec2;

import org.jspecify.annotations.NullMarked;
