/** The body of the agent's {@code /health} and the verdicts drawn from it. */
@NullMarked
package dev.valet.common.health;

import org.jspecify.annotations.NullMarked;
