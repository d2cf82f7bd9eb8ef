package dev.valet.common.access;

import dev.valet.common.sandbox.Environment;
import java.time.Instant;
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
 * @param sources each role that they hold, where, and where from
 * @param session what they came in with, and until when
 */
public record MeView(
    @Nullable String issuer,
    String subject,
    String name,
    List<String> roles,
    List<Held> permissions,
    List<Source> sources,
    Session session) {

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

  /**
   * A role and where the caller has it from: either a group of the token or a grant.
   *
   * @param role name of the role, such as {@code operator}
   * @param tenantId the only tenant in which it holds; null for all
   * @param environment the only environment in which it holds; null for all
   * @param group the group in the token; null if it comes from a grant; such as {@code
   *     valet-operators}
   * @param grantId the grant; null if it comes from a group
   * @param expiresAt when the grant ends; null if it does not
   */
  public record Source(
      String role,
      @Nullable UUID tenantId,
      @Nullable Environment environment,
      @Nullable String group,
      @Nullable UUID grantId,
      @Nullable Instant expiresAt) {}

  /**
   * What the caller came in with.
   *
   * @param kind cookie for a browser's session, bearer for a token, such as {@code cookie}
   * @param expiresAt when it ends unless it is renewed; a browser's session is renewed by using it.
   *     Null if it does not say
   */
  public record Session(String kind, @Nullable Instant expiresAt) {}
}
