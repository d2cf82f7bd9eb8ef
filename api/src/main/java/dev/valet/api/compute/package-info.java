/**
 * The port to EC2: what the lifecycle asks for, what comes back, and typed errors; and what tells
 * our instances from others'. Writes table installation, once.
 */
@NullMarked
package dev.valet.api.compute;

import org.jspecify.annotations.NullMarked;
