/**
 * Events live: brings the stream that the relay writes to WebSocket clients, each what it may see.
 * Every replica reads the table once per wake-up and serves its clients from memory; a client that
 * comes back gets what it missed, or is told that it must read everything again. Writes nothing but
 * the removal of old events.
 */
@NullMarked
package dev.valet.api.realtime;

import org.jspecify.annotations.NullMarked;
