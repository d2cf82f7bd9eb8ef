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
 * @param defaultValue used when none is given, such as {@code en_GB}; null makes the parameter
 *     required
 * @param minimum least integer, or least length of a string; null for no limit
 * @param maximum greatest integer, or greatest length of a string (1,024 when null)
 * @param choices allowed texts of a choice, such as {@code en_GB}; empty for other types
 */
public record TemplateParameter(
    @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,62}") String name,
    @NotNull ParameterType type,
    @Nullable @Size(max = 500) String description,
    @Nullable Object defaultValue,
    @Nullable Long minimum,
    @Nullable Long maximum,
    @NotNull @Size(max = 100) List<@Size(max = 200) String> choices) {}
