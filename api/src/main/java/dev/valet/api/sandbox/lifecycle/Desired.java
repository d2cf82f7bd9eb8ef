package dev.valet.api.sandbox.lifecycle;

import dev.valet.common.sandbox.DesiredState;
import java.util.Map;

/**
 * What is wanted, as the planner sees it.
 *
 * @param generation moves with every wish
 * @param restart generation of the last restart asked for; 0 for none
 * @param version moves with every change, settings included
 * @param tags what a person should see on the instance, its name included
 * @param blueprint what the instance shall be made from
 */
record Desired(
    DesiredState state,
    long generation,
    long restart,
    long version,
    Map<String, String> tags,
    Blueprint blueprint) {}
