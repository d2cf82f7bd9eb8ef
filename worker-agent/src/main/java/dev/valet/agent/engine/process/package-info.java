/**
 * Browser processes: started as another user where the agent is root, ended as a whole, and found
 * again when they or their folders were left behind. Writes the folders of running browsers.
 */
@NullMarked
package dev.valet.agent.engine.process;

import org.jspecify.annotations.NullMarked;
