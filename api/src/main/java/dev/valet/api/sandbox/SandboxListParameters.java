package dev.valet.api.sandbox;

import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.Phase;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.NullUnmarked;

/** Query parameters of the list; {@link SandboxListRequest} makes sense of them. */
@NullUnmarked
class SandboxListParameters {
  @QueryParam("environment")
  Environment environment;

  @QueryParam("phase")
  @Parameter(description = "A phase; without it, all but the terminated", example = "running")
  Phase phase;

  @QueryParam("ec2Status")
  @Parameter(description = "EC2's state of the instance", example = "running")
  Ec2Status ec2Status;

  @QueryParam("health")
  @Parameter(description = "A verdict", example = "unhealthy")
  HealthStatus health;

  @QueryParam("hatchet")
  @Parameter(description = "State of the connection to the task engine", example = "degraded")
  HatchetState hatchet;

  @QueryParam("templateId")
  UUID templateId;

  @QueryParam("templateVersion")
  @Parameter(description = "The version that it shall be of; best with templateId", example = "3")
  Integer templateVersion;

  @QueryParam("drifted")
  @Parameter(
      description =
          "true: only those whose instance is not of their template's latest version; false: only"
              + " the others",
      example = "true")
  Boolean drifted;

  @QueryParam("tenantId")
  UUID tenantId;

  @QueryParam("tag")
  @Parameter(description = "key:value; may be repeated, all must match", example = "team:checkout")
  List<String> tag;

  @QueryParam("q")
  @Parameter(
      description =
          "Part of a name (case ignored; one or two characters: its beginning), an instance id, a"
              + " private address, or the beginning of a sandbox id (from eight characters on);"
              + " at most 100 characters",
      example = "checkout",
      schema = @Schema(type = SchemaType.STRING, maxLength = 100))
  String q;

  @QueryParam("sort")
  @DefaultValue("-createdAt")
  @Parameter(
      description = "name, createdAt, updatedAt, phase or health; a minus in front reverses it",
      schema =
          @Schema(
              type = SchemaType.STRING,
              pattern = "-?(name|createdAt|updatedAt|phase|health)",
              defaultValue = "-createdAt"))
  String sort;

  @QueryParam("limit")
  @DefaultValue("50")
  @Parameter(description = "1 to 200")
  int limit;

  @QueryParam("cursor")
  @Parameter(description = "nextCursor of the page before, with the same filters and sort")
  String cursor;
}
