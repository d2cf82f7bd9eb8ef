package dev.valet.api.access;

import java.util.UUID;

/**
 * Whose sandboxes: the outermost border of what a caller may see.
 *
 * @param id never changes
 * @param slug short name: lower-case letters, digits and dashes, 1 to 63; unique
 */
public record Tenant(UUID id, String slug) {
  /** The slug of the tenant that every installation has. */
  public static final String DEFAULT = "default";
}
