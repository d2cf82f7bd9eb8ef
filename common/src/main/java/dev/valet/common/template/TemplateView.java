package dev.valet.common.template;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A template as lists show it.
 *
 * @param latestVersion the version that new sandboxes get unless they ask for another
 */
public record TemplateView(
    UUID id, String name, @Nullable String description, int latestVersion, Instant createdAt) {}
