/** Faults on purpose, for crash tests and for {@code ./valet chaos}. Writes nothing of its own. */
@NullMarked
package dev.valet.local.ec2.chaos;

import org.jspecify.annotations.NullMarked;
