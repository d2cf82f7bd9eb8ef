/**
 * Whether a request comes from the API: a token that it signed for this process, this request and
 * one use. Writes nothing.
 */
@NullMarked
package dev.valet.agent.trust;

import org.jspecify.annotations.NullMarked;
