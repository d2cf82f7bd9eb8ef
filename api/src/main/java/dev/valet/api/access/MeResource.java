package dev.valet.api.access;

import dev.valet.common.access.MeView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/me}: who am I. */
@Path("/api/v1/me")
@Tag(name = "access", description = "Who may do what")
class MeResource {
  private final CurrentCaller caller;

  MeResource(CurrentCaller caller) {
    this.caller = caller;
  }

  @GET
  @AnyCaller
  @Operation(
      operationId = "getMe",
      summary = "Who is calling, and what they may do where",
      description =
          "Tells each role's source, a group of the token or a grant, and when the session ends.")
  public MeView get() {
    Caller me = caller.get();
    return new MeView(
        me.issuer(),
        me.subject(),
        me.name(),
        me.roles(),
        held(me),
        sources(me),
        new MeView.Session(me.session() == null ? "bearer" : "cookie", me.expiresAt()));
  }

  private static List<MeView.Held> held(Caller me) {
    return me.permissions().entrySet().stream()
        .map(entry -> new MeView.Held(entry.getKey(), where(entry.getValue())))
        .sorted(Comparator.comparing(MeView.Held::permission))
        .toList();
  }

  private static List<MeView.Source> sources(Caller me) {
    return me.held().stream().flatMap(MeResource::sources).toList();
  }

  private static Stream<MeView.Source> sources(HeldRole role) {
    return where(role.scope()).stream()
        .map(where ->
            new MeView.Source(
                role.role(),
                where.tenantId(),
                where.environment(),
                role.group(),
                role.grantId(),
                role.expiresAt()));
  }

  private static List<MeView.Where> where(Scope scope) {
    return scope.areas().stream()
        .map(area -> new MeView.Where(area.tenantId(), area.environment()))
        .sorted(Comparator.comparing(String::valueOf))
        .toList();
  }
}
