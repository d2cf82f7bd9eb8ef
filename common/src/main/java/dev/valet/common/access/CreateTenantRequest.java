package dev.valet.common.access;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A new tenant.
 *
 * @param slug unique; never changes afterwards; such as {@code web-shop}
 */
public record CreateTenantRequest(
    @NotNull @Pattern(regexp = SLUG, message = SLUG_MESSAGE) String slug) {

  /** 1 to 63 lower-case letters, digits and dashes; first and last a letter or digit. */
  public static final String SLUG = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /** What a wrong slug is answered with. */
  public static final String SLUG_MESSAGE =
      "must be 1 to 63 lower-case letters, digits or '-', and begin and end with a letter or digit";
}
