/**
 * A conversation with a browser: JSON requests, replies and events on a WebSocket, as the Chrome
 * DevTools Protocol and WebDriver BiDi both have them. Writes nothing.
 */
@NullMarked
package dev.valet.agent.engine.wire;

import org.jspecify.annotations.NullMarked;
