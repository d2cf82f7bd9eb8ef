package dev.valet.common.template;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** {@code POST /api/v1/templates/validate}. */
public record ValidateTemplateRequest(@NotNull @Valid TemplateSpec spec) {}
