/**
 * The vault: secrets at rest under envelope encryption. Writes nothing itself; callers store what
 * it seals.
 */
@NullMarked
package dev.valet.api.secret;

import org.jspecify.annotations.NullMarked;
