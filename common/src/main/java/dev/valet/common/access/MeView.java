package dev.valet.common.access;

import dev.valet.common.sandbox.Environment;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who calls, as {@code GET /api/v1/me} tells them. */
public record MeView(
    @Nullable String issuer,
    String subject,
    String name,
    List<String> roles,
    List<Held> permissions) {

  /** A permission and everywhere that it holds. */
  public record Held(Permission permission, List<Where> where) {}

  /** A tenant and environment; null means every one. */
  public record Where(@Nullable UUID tenantId, @Nullable Environment environment) {}
}
