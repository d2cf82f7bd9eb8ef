package dev.valet.common.template;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The template to make of another one's version.
 *
 * @param name of the new template, such as {@code browser-large}
 * @param description null for the original's; such as {@code Chromium on four cores}
 * @param version the original's version that becomes version 1; null for the latest
 */
public record CloneTemplateRequest(
    @NotNull @Pattern(regexp = CreateTemplateRequest.NAME, message = CreateTemplateRequest.NAME_MESSAGE) String name,
    @Nullable @Size(max = 1_000) String description,
    @Nullable @Min(1) Integer version) {}
