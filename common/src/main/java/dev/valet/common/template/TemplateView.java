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
 * @param createdAt when its first version was made
 */
public record TemplateView(
    UUID id, String name, @Nullable String description, int latestVersion, Instant createdAt) {}
