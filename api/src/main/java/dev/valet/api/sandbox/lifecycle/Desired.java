package dev.valet.api.sandbox.lifecycle;

import dev.valet.common.sandbox.DesiredState;

/**
 * What is wanted, as the planner sees it.
 *
 * @param generation moves with every wish
 * @param restart generation of the last restart asked for; 0 for none
 */
record Desired(DesiredState state, long generation, long restart) {}
