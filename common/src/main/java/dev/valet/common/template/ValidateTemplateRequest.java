package dev.valet.common.template;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * The spec to check.
 *
 * @param spec what a version would hold
 */
public record ValidateTemplateRequest(@NotNull @Valid TemplateSpec spec) {}
