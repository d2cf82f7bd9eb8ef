/**
 * The built-in task page-capture: opens an address in a fresh browser and tells what is there.
 * Writes large screenshots to the folder {@code artifacts} of the agent's state.
 */
@NullMarked
package dev.valet.agent.task.capture;

import org.jspecify.annotations.NullMarked;
