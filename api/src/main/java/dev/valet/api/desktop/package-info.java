/**
 * Desktops live: one-use tickets, and the WebSocket that bridges a viewer to the desktop of a
 * sandbox through its agent. What a viewer may do is asked again every 30 seconds. Writes table
 * vnc_ticket.
 */
@NullMarked
package dev.valet.api.desktop;

import org.jspecify.annotations.NullMarked;
