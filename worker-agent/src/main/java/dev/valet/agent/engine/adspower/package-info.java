/** AdsPower, an application of its own that starts and stops its profiles' browsers. */
@NullMarked
package dev.valet.agent.engine.adspower;

import org.jspecify.annotations.NullMarked;
