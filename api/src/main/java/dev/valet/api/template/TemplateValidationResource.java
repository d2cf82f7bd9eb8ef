package dev.valet.api.template;

import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.template.TemplateValidation;
import dev.valet.common.template.ValidateTemplateRequest;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/templates/validate}; a class of its own, so that it is not taken for an id. */
@Path("/api/v1/templates/validate")
@Tag(name = "templates")
class TemplateValidationResource {
  private final SpecValidation validation;

  TemplateValidationResource(SpecValidation validation) {
    this.validation = validation;
  }

  @POST
  @Requires(Permission.ADMIN)
  @Operation(
      operationId = "validateTemplate",
      summary = "Check a spec without storing it",
      description =
          "A spec that is wrong in itself is refused, as when it is stored. A right one is checked"
              + " against EC2: the image exists, fits the types and the volume; each type is offered"
              + " in each subnet's zone; subnets and groups exist, in one VPC. Where EC2 does not"
              + " answer, the check says not_checked and why.")
  public Uni<TemplateValidation> validate(@NotNull ValidateTemplateRequest request) {
    return validation.validate(request);
  }
}
