package dev.valet.common.template;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A template as lists show it.
 *
 * @param id names it for good
 * @param name unique, such as {@code browser-small}
 * @param description what it is for, such as {@code Chromium and Firefox on two cores}
 * @param latestVersion the version that new sandboxes get unless they ask for another
 * @param retiredAt since when no new sandbox is made from it; null while it is in use
 * @param version changes with every change of the template; the ETag
 * @param createdAt when its first version was made
 * @param updatedAt when it was changed last
 */
public record TemplateView(
    UUID id,
    String name,
    @Nullable String description,
    int latestVersion,
    @Nullable Instant retiredAt,
    long version,
    Instant createdAt,
    Instant updatedAt) {}
