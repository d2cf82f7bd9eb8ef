/** Who acts: the actor that audit rows name. */
@NullMarked
package dev.valet.api.platform.security;

import org.jspecify.annotations.NullMarked;
