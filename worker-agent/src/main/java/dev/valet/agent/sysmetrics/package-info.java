/**
 * Samples of the machine and of this process, read from {@code /proc} and the file system by a
 * worker thread. Writes nothing.
 */
@NullMarked
package dev.valet.agent.sysmetrics;

import org.jspecify.annotations.NullMarked;
