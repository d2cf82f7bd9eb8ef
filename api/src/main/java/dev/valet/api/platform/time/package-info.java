/** The one source of time: an injected {@link java.time.Clock}; and ids that are ordered by it. */
@NullMarked
package dev.valet.api.platform.time;

import org.jspecify.annotations.NullMarked;
