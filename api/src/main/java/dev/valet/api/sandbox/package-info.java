/** Sandboxes: what is wanted of them, and how they are shown. Writes table sandbox. */
@NullMarked
package dev.valet.api.sandbox;

import org.jspecify.annotations.NullMarked;
