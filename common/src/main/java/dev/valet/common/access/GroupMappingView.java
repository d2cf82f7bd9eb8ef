package dev.valet.common.access;

import dev.valet.common.sandbox.Environment;
import org.jspecify.annotations.Nullable;

/**
 * A role that everybody has whose token names a group. Comes from the configuration and is changed
 * there.
 *
 * @param group name of the group, as it stands in the token, such as {@code valet-operators}
 * @param role name of the role, such as {@code operator}
 * @param tenant slug of the only tenant in which it holds; null for all; such as {@code web-shop}
 * @param environment the only environment in which it holds; null for all
 */
public record GroupMappingView(
    String group, String role, @Nullable String tenant, @Nullable Environment environment) {}
