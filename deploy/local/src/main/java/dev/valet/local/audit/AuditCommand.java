package dev.valet.local.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.valet.common.audit.AuditFinding;
import dev.valet.common.audit.AuditVerification;
import dev.valet.local.host.StartException;
import java.nio.file.Path;

/**
 * {@code verify [--data DIR] [--export FILE] [--checkpoint FILE] [--public-key FILE] [--partial]
 * [--json]}: ends with 0 if the log is intact, with 1 if not, with 2 if that could not be found
 * out.
 */
public final class AuditCommand {
  private static final int TAMPERED = 1;
  private static final int UNKNOWN = 2;

  private AuditCommand() {}

  /** Verifies and says what was found. */
  public static void main(String[] arguments) {
    try {
      VerifyOptions options = VerifyOptions.parse(arguments);
      AuditVerification found = verify(options);
      System.out.println(options.json() ? json(found) : text(found));
      System.exit(found.intact() ? 0 : TAMPERED);
    } catch (StartException e) {
      System.err.println("valet audit: " + e.getMessage());
      System.exit(UNKNOWN);
    }
  }

  static AuditVerification verify(VerifyOptions options) {
    KeptCheckpoints kept = KeptCheckpoints.of(options);
    Path export = options.export();
    return export == null
        ? RunningVerification.of(options.data(), kept)
        : ExportVerification.of(export, kept, options.partial());
  }

  private static String json(AuditVerification found) {
    try {
      return Json.MAPPER.writeValueAsString(found);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record is always JSON", e);
    }
  }

  static String text(AuditVerification found) {
    StringBuilder text = new StringBuilder();
    for (AuditFinding finding : found.findings()) {
      text.append(finding.fault().wire()).append(place(finding)).append(": ");
      text.append(finding.detail()).append('\n');
    }
    String covered = "seals %d to %d".formatted(found.fromSeq(), found.toSeq());
    if (found.rows() > 0) {
      covered += ", %d rows".formatted(found.rows());
    }
    return text.append(found.intact() ? "Intact: " : "NOT intact: ")
        .append(covered)
        .append(", %d signed checkpoints compared".formatted(found.checkpoints()))
        .toString();
  }

  private static String place(AuditFinding finding) {
    String seals = finding.seq() == null ? "" : " seal " + finding.seq();
    String upTo = finding.toSeq() == null ? "" : " to " + finding.toSeq();
    String record = finding.auditId() == null ? "" : " record " + finding.auditId();
    return seals + upTo + record;
  }
}
