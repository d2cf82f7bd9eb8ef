package dev.valet.common.template;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/templates/{id}/versions} with {@code If-Match}: either the whole new version,
 * or what changes.
 *
 * @param spec the whole new version; null if changes are given
 * @param baseVersion the version that the changes are made to; null for the latest
 * @param changes a JSON merge patch (RFC 7396) of the base version's spec: null removes a field,
 *     lists are replaced as a whole; null if a spec is given
 */
public record CreateTemplateVersionRequest(
    @Nullable @Valid TemplateSpec spec,
    @Nullable @Min(1) Integer baseVersion,
    @Nullable Map<String, Object> changes) {}
