package dev.valet.api.taskengine;

import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.taskengine.TaskEngineView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/task-engine}. */
@Path("/api/v1/task-engine")
@Tag(name = "task-engine", description = "Queues and workers of the task engine")
class TaskEngineResource {
  private final TaskEngineViews views;

  TaskEngineResource(TaskEngineViews views) {
    this.views = views;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      operationId = "getTaskEngine",
      summary = "Queues and workers of the task engine, and how old that knowledge is",
      description =
          "Figures of the whole installation. They are asked for every 10 seconds by one replica;"
              + " while the engine does not answer they stay, and problem says why.")
  public Uni<TaskEngineView> get() {
    return views.show();
  }
}
