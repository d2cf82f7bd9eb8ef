/**
 * Sessions of browsers: login, renewal and logout at the identity provider, the cookie, and who may
 * use it. Writes {@code browser_session}. See docs/adr/0011.
 */
@NullMarked
package dev.valet.api.access.session;

import org.jspecify.annotations.NullMarked;
