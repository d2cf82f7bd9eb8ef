/** Permissions, and the built-in roles made of them. */
@NullMarked
package dev.valet.common.access;

import org.jspecify.annotations.NullMarked;
