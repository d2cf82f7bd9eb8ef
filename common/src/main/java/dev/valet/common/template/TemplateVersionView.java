package dev.valet.common.template;

import java.time.Instant;
import java.util.UUID;

/** One immutable version of a template. */
public record TemplateVersionView(
    UUID templateId, int version, TemplateSpec spec, Instant createdAt) {}
