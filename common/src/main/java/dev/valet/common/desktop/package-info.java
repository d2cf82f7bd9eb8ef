/** The desktop of a sandbox, as people watch it. */
@NullMarked
package dev.valet.common.desktop;

import org.jspecify.annotations.NullMarked;
