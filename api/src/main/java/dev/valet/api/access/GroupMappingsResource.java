package dev.valet.api.access;

import dev.valet.api.platform.query.Page;
import dev.valet.common.access.GroupMappingView;
import dev.valet.common.access.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/group-mappings}: the rights that come from groups of the token. */
@Path("/api/v1/group-mappings")
@Tag(name = "access")
class GroupMappingsResource {
  private final AccessConfig config;

  GroupMappingsResource(AccessConfig config) {
    this.config = config;
  }

  @GET
  @Requires(Permission.ADMIN)
  @Operation(
      operationId = "listGroupMappings",
      summary = "Roles that groups of the token give",
      description = "All on one page; from the configuration, and changed there alone.")
  public Page<GroupMappingView> list() {
    List<GroupMappingView> mappings =
        config.groups().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(mapping -> view(mapping.getKey(), mapping.getValue()))
            .toList();
    return new Page<>(mappings, null);
  }

  private static GroupMappingView view(String group, AccessConfig.Group mapping) {
    return new GroupMappingView(
        group,
        mapping.role().wire(),
        mapping.tenant().orElse(null),
        mapping.environment().orElse(null));
  }
}
