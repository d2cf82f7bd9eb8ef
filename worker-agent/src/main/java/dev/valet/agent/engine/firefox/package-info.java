/** Firefox, driven by WebDriver BiDi without geckodriver. */
@NullMarked
package dev.valet.agent.engine.firefox;

import org.jspecify.annotations.NullMarked;
