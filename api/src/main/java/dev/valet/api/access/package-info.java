/**
 * Who may do what: tenants, the caller of a request, the permission of every route, scopes that
 * queries check, idempotency keys. Writes {@code tenant}, {@code role}, {@code access_grant},
 * {@code first_admin} and {@code idempotency_key}.
 */
@NullMarked
package dev.valet.api.access;

import org.jspecify.annotations.NullMarked;
