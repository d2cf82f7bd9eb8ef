package dev.valet.common.access;

import dev.valet.common.sandbox.Environment;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param issuer who vouches for them, such as {@code https://login.example.com/realms/valet}
 * @param subject the issuer's id of them, such as {@code 5a1f0c1e-7f43-4f0b-9d2b-0f3c6c1f8b11}
 * @param name for people to read, such as {@code Ada Lovelace}
 * @param roles names of the roles that they hold somewhere, such as {@code operator}
 * @param permissions what they may do, and where
 */
public record MeView(
    @Nullable String issuer,
    String subject,
    String name,
    List<String> roles,
    List<Held> permissions) {

  /**
   * A permission and everywhere that it holds.
   *
   * @param permission what they may do
   * @param where each place
   */
  public record Held(Permission permission, List<Where> where) {}

  /**
   * A tenant and environment.
   *
   * @param tenantId null for every tenant
   * @param environment null for every environment
   */
  public record Where(@Nullable UUID tenantId, @Nullable Environment environment) {}
}
