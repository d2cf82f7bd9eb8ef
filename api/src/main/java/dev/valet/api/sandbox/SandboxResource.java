package dev.valet.api.sandbox;

import dev.valet.api.access.Caller;
import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.api.operation.Operation;
import dev.valet.api.platform.query.EntityTags;
import dev.valet.common.access.Permission;
import dev.valet.common.operation.OperationView;
import dev.valet.common.sandbox.InterruptRequest;
import dev.valet.common.sandbox.PatchSandboxRequest;
import dev.valet.common.sandbox.SandboxView;
import dev.valet.common.sandbox.UpgradeSandboxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sandboxes/{id}}: one sandbox. */
@Path("/api/v1/sandboxes/{id}")
@Tag(name = "sandboxes")
class SandboxResource {
  private static final String DRAINS =
      " Draining: the agent takes no new tasks, those that run may end, up to a deadline; the step"
          + " says what is waited for. With force nothing is waited for.";

  private final SandboxService sandboxes;
  private final SandboxViews views;
  private final CurrentCaller current;

  SandboxResource(SandboxService sandboxes, SandboxViews views, CurrentCaller current) {
    this.sandboxes = sandboxes;
    this.views = views;
    this.current = current;
  }

  @GET
  @Requires(Permission.READ)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      summary = "A sandbox",
      description = "Terminated ones are still shown here. The ETag is for PATCH.")
  public Uni<RestResponse<SandboxView>> get(@PathParam("id") UUID id) {
    return views.get(id, current.get().scope(Permission.READ)).map(SandboxResource::tagged);
  }

  @PATCH
  @Requires(Permission.OPERATE)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      summary = "Change name, tags or capacity",
      description =
          "Needs If-Match with the ETag of the version that the change is based on. What is absent"
              + " stays; tags are replaced as a whole. Name and tags reach the instance and its"
              + " volumes within seconds; the condition tags_not_applied says why if they cannot. A"
              + " new capacity reaches the agent when it next boots.")
  public Uni<RestResponse<SandboxView>> patch(
      @PathParam("id") UUID id,
      @Nullable @HeaderParam("If-Match") String ifMatch,
      @NotNull @Valid PatchSandboxRequest patch) {
    Caller caller = current.get();
    return sandboxes
        .patch(caller, id, EntityTags.version(ifMatch, "sandbox"), patch)
        .chain(() -> views.get(id, caller.scope(Permission.READ)))
        .map(SandboxResource::tagged);
  }

  @POST
  @Path("start")
  @Requires(Permission.OPERATE)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      summary = "Start",
      description = "Starts a stopped sandbox; on a failed one it is the retry.")
  public Uni<RestResponse<OperationView>> start(@PathParam("id") UUID id) {
    return sandboxes.start(current.get(), id).map(SandboxResource::accepted);
  }

  @POST
  @Path("stop")
  @Requires(Permission.OPERATE)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      summary = "Stop",
      description = "Drains and stops; the volume is kept." + DRAINS)
  public Uni<RestResponse<OperationView>> stop(
      @PathParam("id") UUID id,
      @Nullable @Valid @RequestBody(required = false) InterruptRequest how) {
    return sandboxes
        .stop(current.get(), id, InterruptRequest.isForced(how))
        .map(SandboxResource::accepted);
  }

  @POST
  @Path("restart")
  @Requires(Permission.OPERATE)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      summary = "Restart",
      description = "Drains and reboots; done when the agent is back in a new boot." + DRAINS)
  public Uni<RestResponse<OperationView>> restart(
      @PathParam("id") UUID id,
      @Nullable @Valid @RequestBody(required = false) InterruptRequest how) {
    return sandboxes
        .restart(current.get(), id, InterruptRequest.isForced(how))
        .map(SandboxResource::accepted);
  }

  @POST
  @Path("upgrade")
  @Requires(Permission.PROVISION)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "upgradeSandbox",
      summary = "Upgrade",
      description =
          "Brings it to another version of its template (also an older one), or to other parameters;"
              + " the comparison of the versions tells what that does. none: thresholds and the like"
              + " are told to health and agent, nothing is interrupted. in_place: it is drained and"
              + " restarted. replace: it is drained, its instance and volume are terminated, and only"
              + " once EC2 says that the instance is gone another one is launched under the same"
              + " sandbox id; the steps are draining, replacing, launching, booting, running. A"
              + " stopped sandbox stays stopped: the operation succeeds, and the next start brings"
              + " up the new version. A failed one is tried again. If it fails half-way the reason"
              + " says where, and start tries again. Stop and terminate win over it. Needs the"
              + " permissions provision and terminate.")
  public Uni<RestResponse<OperationView>> upgrade(
      @PathParam("id") UUID id, @NotNull @Valid UpgradeSandboxRequest request) {
    return sandboxes.upgrade(current.get(), id, request).map(SandboxResource::accepted);
  }

  @POST
  @Path("terminate")
  @Requires(Permission.TERMINATE)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      summary = "Terminate",
      description =
          "Drains and terminates for good, the volume included. Nothing supersedes it." + DRAINS)
  public Uni<RestResponse<OperationView>> terminate(
      @PathParam("id") UUID id,
      @Nullable @Valid @RequestBody(required = false) InterruptRequest how) {
    return sandboxes
        .terminate(current.get(), id, InterruptRequest.isForced(how))
        .map(SandboxResource::accepted);
  }

  private static RestResponse<SandboxView> tagged(SandboxView view) {
    return RestResponse.ResponseBuilder.ok(view)
        .header("ETag", EntityTags.of(view.version()))
        .build();
  }

  static RestResponse<OperationView> accepted(Operation operation) {
    return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, operation.view())
        .location(location(operation.id()))
        .build();
  }

  static URI location(UUID operationId) {
    return URI.create("/api/v1/operations/" + operationId);
  }
}
