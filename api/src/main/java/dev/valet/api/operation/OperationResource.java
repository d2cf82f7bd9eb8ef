package dev.valet.api.operation;

import dev.valet.api.access.Caller;
import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import dev.valet.common.operation.ItemStatus;
import dev.valet.common.operation.OperationItemView;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.operation.OperationStatus;
import dev.valet.common.operation.OperationView;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/operations}. */
@Path("/api/v1/operations")
@Tag(name = "operations", description = "Long work and its steps")
class OperationResource {
  private final OperationViews views;
  private final OperationCancellation cancellation;
  private final CurrentCaller current;

  OperationResource(
      OperationViews views, OperationCancellation cancellation, CurrentCaller current) {
    this.views = views;
    this.cancellation = cancellation;
    this.current = current;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(operationId = "listOperations", summary = "Operations, newest first")
  public Uni<Page<OperationView>> list(
      @Nullable @QueryParam("kind") @Parameter(description = "What they do", example = "bulk")
          OperationKind kind,
      @Nullable @QueryParam("status")
          @Parameter(description = "Where they are", example = "running")
          OperationStatus status,
      @Nullable @QueryParam("target") @Parameter(description = "Id of a sandbox") UUID target,
      @QueryParam("limit") @DefaultValue("" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @Nullable @QueryParam("cursor")
          @Parameter(description = "nextCursor of the page before, with the same filters")
          String cursor) {
    return views.list(current.get(), new OperationFilter(kind, status, target), limit, cursor);
  }

  @GET
  @Path("{id}")
  @Requires(Permission.READ)
  @Operation(
      operationId = "getOperation",
      summary = "An operation and its steps",
      description =
          "Poll it until its status is succeeded, failed or cancelled. A bulk operation comes with"
              + " counts and its first hundred items.")
  public Uni<OperationView> get(@PathParam("id") UUID id) {
    return views.get(current.get(), id);
  }

  @GET
  @Path("{id}/items")
  @Requires(Permission.READ)
  @Operation(
      operationId = "listOperationItems",
      summary = "The sandboxes of a bulk operation, by id",
      description = "Those that the caller may see.")
  public Uni<Page<OperationItemView>> items(
      @PathParam("id") UUID id,
      @Nullable @QueryParam("status")
          @Parameter(description = "Where they stand", example = "failed")
          ItemStatus status,
      @QueryParam("limit") @DefaultValue("" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @Nullable @QueryParam("cursor")
          @Parameter(description = "nextCursor of the page before, with the same status")
          String cursor) {
    return views.items(current.get(), id, status, limit, cursor);
  }

  @DELETE
  @Path("{id}")
  @Requires(Permission.OPERATE)
  @Operation(
      operationId = "cancelOperation",
      summary = "Cancel what has not begun",
      description =
          "Of a bulk operation the items that have not begun; those under way go on to their end."
              + " An operation on one sandbox is not cancelled but superseded, by another wish for"
              + " that sandbox: 409 says which. Safe to repeat.")
  public Uni<OperationView> cancel(@PathParam("id") UUID id) {
    Caller caller = current.get();
    return cancellation.cancel(caller, id).chain(() -> views.get(caller, id));
  }
}
