package dev.valet.common.template;

import org.jspecify.annotations.Nullable;

/**
 * A template as it is after a version was added to it.
 *
 * @param template with the new version as its latest
 * @param version the new version
 * @param validation what EC2 says of it; null if it was not asked
 */
public record SavedTemplate(
    TemplateView template, TemplateVersionView version, @Nullable TemplateValidation validation) {}
