package dev.valet.common.template;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that a person may choose at creation. It reaches the instance as JSON data, never as part
 * of a script.
 *
 * @param name letters, digits and underscores, such as {@code locale}
 * @param type what values are allowed
 * @param description for people, such as {@code Language of the browsers}
 * @param defaultValue used when none is given, such as {@code en_GB}
 * @param minimum least integer, or least length of a string; null for no limit
 * @param maximum greatest integer, or greatest length of a string (1,024 when null)
 * @param choices allowed texts of a choice, such as {@code en_GB}; empty for other types
 * @param pattern of a string, in RE2's syntax, to be matched by all of it; null for any
 * @param required whether a value must be given; null means yes without a default, no with one
 * @param secret only false: parameters lie readable on the instance and in the database
 */
public record TemplateParameter(
    @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,62}") String name,
    @NotNull ParameterType type,
    @Nullable @Size(max = 500) String description,
    @Nullable Object defaultValue,
    @Nullable Long minimum,
    @Nullable Long maximum,
    @NotNull @Size(max = 100) List<@NotNull @Size(min = 1, max = 200) String> choices,
    @Nullable @Size(max = 200) String pattern,
    @Nullable Boolean required,
    @Nullable Boolean secret) {

  /** Whether a creation without a value for it is refused. */
  public boolean mustBeGiven() {
    return defaultValue == null && !Boolean.FALSE.equals(required);
  }
}
