package dev.valet.common.template;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The version to add to a template: either the whole spec, or what changes in an older one.
 *
 * @param spec the whole new version; null if changes are given
 * @param baseVersion the version that the changes are made to; null for the latest
 * @param changes a JSON merge patch (RFC 7396) of the base version's spec: null removes a field,
 *     lists are replaced as a whole; null if a spec is given; such as {@code {"imageId":
 *     "ami-0123456789abcdef0"}}
 */
public record CreateTemplateVersionRequest(
    @Nullable @Valid TemplateSpec spec,
    @Nullable @Min(1) Integer baseVersion,
    @Nullable Map<String, Object> changes) {}
