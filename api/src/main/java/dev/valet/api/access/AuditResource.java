package dev.valet.api.access;

import dev.valet.api.audit.AuditRecord;
import dev.valet.api.audit.AuditVerifier;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import dev.valet.common.audit.AuditExportLine;
import dev.valet.common.audit.AuditVerification;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/audit}: who did what. */
@Path("/api/v1/audit")
@Tag(name = "audit", description = "Who did what, when, from where")
class AuditResource {
  /** Larger numbers have no exact form in the canonical JSON of audit rows (RFC 8785). */
  private static final long MOST_EXACT = (1L << 53) - 1;

  private static final Map<String, List<String>> DOWNLOAD =
      Map.of("Content-Disposition", List.of("attachment; filename=\"audit.jsonl\""));

  private final AuditViews views;
  private final AuditVerifier verifier;
  private final CurrentCaller caller;

  AuditResource(AuditViews views, AuditVerifier verifier, CurrentCaller caller) {
    this.views = views;
    this.verifier = verifier;
    this.caller = caller;
  }

  @GET
  @Requires(Permission.AUDIT)
  @Operation(operationId = "listAudit", summary = "What was done, by whom; newest first")
  public Uni<Page<AuditRecord>> list(
      @Valid @BeanParam AuditParameters filters,
      @RestQuery
          @DefaultValue("50")
          @Min(1) @Max(Page.MAX_LIMIT) @Parameter(description = "Rows of a page")
          int limit,
      @RestQuery @Parameter(description = "nextCursor of the page before, with the same filters")
          @Nullable String cursor) {
    return views.list(caller.get(), filters.query(), limit, cursor);
  }

  @GET
  @Path("export")
  @Requires(Permission.AUDIT)
  @Produces("application/x-ndjson")
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "exportAudit",
      summary = "Sealed rows as JSON lines, in the order of their seals",
      description =
          "Each line is a record with its seal and can be verified without Valet (valet audit verify"
              + " --export). Without filters the lines are the whole chain. A row appears about a"
              + " second after it was written. The export itself is recorded.")
  public Multi<AuditExportLine> export(
      @Valid @BeanParam AuditParameters filters,
      @RestQuery
          @DefaultValue("0")
          @Min(0) @Max(MOST_EXACT) @Parameter(description = "Begin after this seal")
          long afterSeq) {
    Caller reader = caller.get();
    return RestMulti.fromUniResponse(
        views.recordExport(reader, filters.query(), afterSeq),
        recorded -> views.export(reader, filters.query(), afterSeq),
        recorded -> DOWNLOAD);
  }

  @GET
  @Path("verify")
  @Requires(Permission.AUDIT)
  @Operation(
      operationId = "verifyAudit",
      summary = "Verify that nobody tampered with the audit log",
      description =
          "Compares rows, seals, chain and signed checkpoints, a bounded part per call: go on with"
              + " nextCursor until complete is true. Needs the permission audit everywhere. A"
              + " checkpoint that was kept elsewhere also shows a tail that was cut.")
  public Uni<AuditVerification> verify(@Valid @BeanParam VerifyParameters parameters) {
    if (!caller.get().scope(Permission.AUDIT).isAll()) {
      throw ProblemException.forbidden(
          "You need the permission \"audit\" everywhere: the log is one chain of all tenants");
    }
    return verifier.verify(
        parameters.fromSeq, parameters.limit, parameters.checkpoint(), parameters.cursor);
  }
}
