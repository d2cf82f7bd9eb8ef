package dev.valet.api.access.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A browser's session as it stands in the database.
 *
 * @param key which
 * @param idToken encrypted
 * @param refreshToken encrypted; null if the provider gave none
 * @param version counts renewals
 * @param isDue whether it is time to renew it, by the database's clock
 * @param isExpired whether its token has run out or is about to (5 s)
 * @param endsAt when it is over unless it is renewed
 */
record Session(
    SessionKey key,
    String idToken,
    @Nullable String refreshToken,
    long version,
    boolean isDue,
    boolean isExpired,
    Instant endsAt) {}
