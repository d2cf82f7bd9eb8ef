/**
 * EC2's query protocol on the wire: signed form posts in, XML out. Knows nothing of instances.
 * Writes nothing.
 */
@NullMarked
package dev.valet.local.ec2.wire;

import org.jspecify.annotations.NullMarked;
