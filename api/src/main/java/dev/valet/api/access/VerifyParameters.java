package dev.valet.api.access;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.audit.AuditCheckpoint;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What part of the audit log to verify, and against what. */
class VerifyParameters {
  static final int MOST = 50_000;

  @RestQuery
  @DefaultValue("1")
  @Min(1) @Parameter(description = "The first seal; the one before is taken for true")
  long fromSeq;

  @RestQuery
  @DefaultValue("20000")
  @Min(1) @Max(MOST) @Parameter(description = "Seals and rows of this call")
  int limit;

  @RestQuery
  @Min(1) @Parameter(description = "Seal of a checkpoint that you have kept", example = "1000")
  @Nullable Long checkpointSeq;

  @RestQuery
  @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 hexadecimal digits, lower-case") @Parameter(description = "Hash of that checkpoint, whose signature you have checked")
  @Nullable String checkpointHash;

  @RestQuery
  @Parameter(description = "nextCursor of the call before, with the same checkpoint")
  @Nullable String cursor;

  @Nullable AuditCheckpoint checkpoint() {
    if (checkpointSeq == null && checkpointHash == null) {
      return null;
    }
    if (checkpointSeq == null || checkpointHash == null) {
      throw ProblemException.field(
          checkpointSeq == null ? "checkpointSeq" : "checkpointHash",
          "must be given too: a checkpoint is both");
    }
    return new AuditCheckpoint(checkpointSeq, checkpointHash, Instant.EPOCH, "", new byte[0]);
  }
}
