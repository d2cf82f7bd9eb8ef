/**
 * The local identity provider: four ready users, OpenID Connect with PKCE and refresh tokens, on
 * this machine only. It knows no passwords, so it is for development alone; whoever reaches its
 * port on this machine, a web page in its browser included, may log in as anybody. Sessions end
 * with it, for it keeps refresh tokens in memory; its signing key is kept, so access tokens live
 * on.
 *
 * <p>Runs <a href="https://github.com/navikt/mock-oauth2-server">mock-oauth2-server</a> as a
 * process of its own; this package writes its configuration ({@code DATA/identity}) and asks it for
 * tokens.
 */
@NullMarked
package dev.valet.local.identity;

import org.jspecify.annotations.NullMarked;
