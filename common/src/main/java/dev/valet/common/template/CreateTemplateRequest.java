package dev.valet.common.template;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The template to create.
 *
 * @param name unique, case ignored, such as {@code browser-small}
 * @param description what it is for, such as {@code Chromium and Firefox on two cores}
 * @param spec the first version
 */
public record CreateTemplateRequest(
    @NotNull @Pattern(regexp = NAME, message = NAME_MESSAGE) String name,
    @Nullable @Size(max = 1_000) String description,
    @NotNull @Valid TemplateSpec spec) {

  /** A name: 1 to 100 letters, digits, blanks, dots, dashes, underscores; ends alphanumeric. */
  public static final String NAME = "[A-Za-z0-9]([A-Za-z0-9 ._-]{0,98}[A-Za-z0-9])?";

  /** What a wrong name is answered with. */
  public static final String NAME_MESSAGE =
      "must be 1 to 100 letters, digits, blanks, '.', '_' or '-', and begin and end with a letter"
          + " or digit";
}
