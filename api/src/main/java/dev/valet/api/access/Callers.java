package dev.valet.api.access;

import static java.util.Objects.requireNonNullElse;

import dev.valet.api.access.session.BrowserSessions;
import dev.valet.api.access.session.SessionKey;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.telemetry.RequestInfo;
import dev.valet.common.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Makes a caller of a verified identity: the roles that the groups of the token give, and those
 * that were granted to the subject.
 *
 * <p>Whoever keeps a caller for longer than a request (an open WebSocket) asks {@link
 * #accessVersion()} every two or three seconds, and calls {@link #refresh} when it moved and every
 * 30 seconds anyway; so a revoked grant bites within five seconds.
 */
@ApplicationScoped
public class Callers {
  private final GroupRoles groups;
  private final HeldGrants grants;
  private final AccessVersion version;
  private final BrowserSessions sessions;
  private final FirstAdmin firstAdmin;

  Callers(
      GroupRoles groups,
      HeldGrants grants,
      AccessVersion version,
      BrowserSessions sessions,
      FirstAdmin firstAdmin) {
    this.groups = groups;
    this.grants = grants;
    this.version = version;
    this.sessions = sessions;
    this.firstAdmin = firstAdmin;
  }

  /** The caller of a request. The identity must not be anonymous. */
  public Uni<Caller> of(SecurityIdentity identity, RoutingContext request) {
    return of(identity, RequestInfo.clientAddress(request), RequestInfo.id(request));
  }

  /**
   * The same where there is no routing context, such as at a WebSocket's upgrade.
   *
   * @param clientAddress null if not known
   * @param requestId null if there is none
   */
  public Uni<Caller> of(
      SecurityIdentity identity, @Nullable String clientAddress, @Nullable String requestId) {
    JsonWebToken token = (JsonWebToken) identity.getPrincipal();
    Caller caller = stranger(token, BrowserSessions.of(identity), clientAddress, requestId);
    return firstAdmin
        .welcome(caller, token)
        .chain(() -> groups.of(identity.getRoles()))
        .chain(ofGroups -> withGrants(caller, ofGroups));
  }

  /**
   * The same person or service with what they may do now: grants are read again, what the groups of
   * the token gave stays. At most as old as the latest {@link #accessVersion()} of this replica, or
   * three seconds. Yields a new {@link Caller#expiresAt()} for a browser's session that was renewed
   * meanwhile.
   *
   * @throws ProblemException 401 (as the failure of what is returned) if the browser's session
   *     behind the caller is over or was ended by a logout
   */
  public Uni<Caller> refresh(Caller caller) {
    List<HeldRole> ofGroups = caller.held().stream().filter(HeldRole::isOfGroup).toList();
    return lasting(caller).chain(lasting -> withGrants(lasting, ofGroups));
  }

  private Uni<Caller> lasting(Caller caller) {
    SessionKey session = caller.session();
    if (session == null) {
      return Uni.createFrom().item(caller);
    }
    return sessions
        .endsAt(session)
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.of(ProblemType.UNAUTHORIZED, "The session is over"))
        .map(caller::until);
  }

  /**
   * A caller of an earlier request with what they may do now: grants and the meaning of their
   * token's groups are read again. For work that goes on when the request, and perhaps the process,
   * is over.
   */
  public Uni<Caller> recall(RememberedCaller who) {
    Caller stranger =
        new Caller(
            who.issuer(),
            who.subject(),
            who.name(),
            List.of(),
            Map.of(),
            who.clientAddress(),
            who.requestId());
    return groups.of(Set.copyOf(who.groups())).chain(ofGroups -> withGrants(stranger, ofGroups));
  }

  /**
   * Another number after every change of grants, of roles or of a role's permissions, by whichever
   * replica. Reads one row.
   */
  public Uni<Long> accessVersion() {
    return version.read();
  }

  private Uni<Caller> withGrants(Caller caller, List<HeldRole> ofGroups) {
    return grants
        .of(caller.issuer(), caller.subject())
        .map(granted -> Stream.concat(ofGroups.stream(), granted.stream()).toList())
        .map(caller::holding);
  }

  private static Caller stranger(
      JsonWebToken token,
      BrowserSessions.@Nullable Live session,
      @Nullable String clientAddress,
      @Nullable String requestId) {
    return new Caller(
        requireNonNullElse(token.getIssuer(), ""),
        requireNonNullElse(token.getSubject(), ""),
        requireNonNullElse(token.getName(), ""),
        List.of(),
        Map.of(),
        session == null ? null : session.key(),
        session == null ? end(token) : session.endsAt(),
        clientAddress,
        requestId);
  }

  private static @Nullable Instant end(JsonWebToken token) {
    long expires = token.getExpirationTime();
    return expires == 0 ? null : Instant.ofEpochSecond(expires);
  }
}
