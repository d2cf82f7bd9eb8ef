/**
 * Where the agent process is, {@code starting -> enrolling -> ready -> draining -> stopped}, and
 * who wants to know. Writes nothing outside the process.
 */
@NullMarked
package dev.valet.agent.lifecycle;

import org.jspecify.annotations.NullMarked;
