/**
 * The port to EC2: what the lifecycle asks for, what comes back, and typed errors. Writes nothing.
 */
@NullMarked
package dev.valet.api.compute;

import org.jspecify.annotations.NullMarked;
