package dev.valet.api.access;

import org.jspecify.annotations.Nullable;

/**
 * An answer that can be given again.
 *
 * @param status HTTP status
 * @param location the {@code Location} header; null for none
 * @param body the JSON body as text; null for none
 */
public record StoredResponse(int status, @Nullable String location, @Nullable String body) {}
