/** Background loops: ticks, wake-ups, no overlap, bounded shutdown. */
@NullMarked
package dev.valet.api.platform.loop;

import org.jspecify.annotations.NullMarked;
