/**
 * Browser engines: which are declared, whether they work, and a fresh browser with a fresh profile
 * for each task that wants one. Writes nothing but the folders of running browsers.
 */
@NullMarked
package dev.valet.agent.engine;

import org.jspecify.annotations.NullMarked;
