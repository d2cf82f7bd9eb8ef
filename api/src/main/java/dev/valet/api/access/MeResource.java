package dev.valet.api.access;

import dev.valet.common.access.MeView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
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
  @Operation(operationId = "getMe", summary = "Who is calling, and what they may do where")
  public MeView get() {
    Caller me = caller.get();
    return new MeView(me.issuer(), me.subject(), me.name(), me.roles(), held(me));
  }

  private static List<MeView.Held> held(Caller me) {
    return me.permissions().entrySet().stream()
        .map(entry -> new MeView.Held(entry.getKey(), where(entry.getValue())))
        .sorted(Comparator.comparing(MeView.Held::permission))
        .toList();
  }

  private static List<MeView.Where> where(Scope scope) {
    return scope.areas().stream()
        .map(area -> new MeView.Where(area.tenantId(), area.environment()))
        .sorted(Comparator.comparing(String::valueOf))
        .toList();
  }
}
