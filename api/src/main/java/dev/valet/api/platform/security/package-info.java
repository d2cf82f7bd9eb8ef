/**
 * Who acts, as audit rows name them; the keys by which a replica knows its own; and headers that
 * keep browsers from misusing answers.
 */
@NullMarked
package dev.valet.api.platform.security;

import org.jspecify.annotations.NullMarked;
