package dev.valet.common.template;

import java.time.Instant;
import java.util.UUID;

/**
 * One immutable version of a template.
 *
 * @param templateId the template
 * @param version 1, 2, 3 and so on
 * @param spec everything that a launch needs to know
 * @param createdAt when it was made
 */
public record TemplateVersionView(
    UUID templateId, int version, TemplateSpec spec, Instant createdAt) {}
