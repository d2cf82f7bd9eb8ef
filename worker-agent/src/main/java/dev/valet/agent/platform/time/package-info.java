/** The only place where the agent reads the machine's clocks. */
@NullMarked
package dev.valet.agent.platform.time;

import org.jspecify.annotations.NullMarked;
