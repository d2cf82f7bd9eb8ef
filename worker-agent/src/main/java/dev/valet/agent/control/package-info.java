/**
 * What the API may tell this agent to do, as signed requests under {@code /control/}. Writes
 * nothing of its own.
 */
@NullMarked
package dev.valet.agent.control;

import org.jspecify.annotations.NullMarked;
