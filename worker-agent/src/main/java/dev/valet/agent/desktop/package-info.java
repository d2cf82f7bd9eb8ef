/**
 * The desktop that people can watch: an X server without a screen and a VNC server for it, kept
 * running; and {@code /vnc}, which bridges an authorised WebSocket to the VNC server. Writes the
 * folder {@code desktop} of the agent's state: the display's cookie and, for moments, a password.
 */
@NullMarked
package dev.valet.agent.desktop;

import org.jspecify.annotations.NullMarked;
