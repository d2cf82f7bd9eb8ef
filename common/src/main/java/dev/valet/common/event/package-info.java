/** Events that clients of the API receive. */
@NullMarked
package dev.valet.common.event;

import org.jspecify.annotations.NullMarked;
