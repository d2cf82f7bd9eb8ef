/** Chromium and Chrome, driven by the Chrome DevTools Protocol. */
@NullMarked
package dev.valet.agent.engine.chromium;

import org.jspecify.annotations.NullMarked;
