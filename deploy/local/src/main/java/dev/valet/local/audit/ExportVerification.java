package dev.valet.local.audit;

import com.fasterxml.jackson.databind.MappingIterator;
import dev.valet.common.audit.AuditChain;
import dev.valet.common.audit.AuditExportLine;
import dev.valet.common.audit.AuditFault;
import dev.valet.common.audit.AuditFinding;
import dev.valet.common.audit.AuditVerification;
import dev.valet.common.audit.ChainWalk;
import dev.valet.common.audit.SealedRow;
import dev.valet.local.host.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Verifies an export line by line, without Valet and in constant memory. */
final class ExportVerification {
  private final KeptCheckpoints kept;
  private final List<AuditFinding> findings;
  private long first;
  private long last;

  private ExportVerification(KeptCheckpoints kept) {
    this.kept = kept;
    this.findings = new ArrayList<>(kept.bad());
  }

  /**
   * Verifies.
   *
   * @param partial whether the lines are no chain, so that each is verified by itself
   * @throws StartException if the file cannot be read as an export
   */
  static AuditVerification of(Path export, KeptCheckpoints kept, boolean partial) {
    ExportVerification verification = new ExportVerification(kept);
    try (MappingIterator<AuditExportLine> lines =
        Json.MAPPER.readerFor(AuditExportLine.class).readValues(export.toFile())) {
      return partial ? verification.lines(lines) : verification.chain(lines);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException("cannot read the export " + export + ": " + e.getMessage(), e);
    }
  }

  private AuditVerification chain(MappingIterator<AuditExportLine> lines) throws IOException {
    if (!lines.hasNextValue()) {
      return finished(walkFrom(1, AuditChain.genesis()));
    }
    SealedRow row = row(lines.nextValue());
    first = row.seq();
    // An export may begin in the middle; one that begins with the first seal must begin from zeros.
    ChainWalk walk = walkFrom(first, first == 1 ? AuditChain.genesis() : row.prev());
    walk.next(row);
    while (lines.hasNextValue()) {
      row = row(lines.nextValue());
      if (row.seq() <= walk.at()) {
        throw new IllegalArgumentException("seal " + row.seq() + " comes after " + walk.at());
      }
      walk.next(row);
    }
    return finished(walk);
  }

  private ChainWalk walkFrom(long seq, byte[] before) {
    ChainWalk walk = new ChainWalk(seq, before);
    walk.expect(kept.good());
    return walk;
  }

  private AuditVerification finished(ChainWalk walk) {
    walk.end();
    findings.addAll(walk.findings());
    last = walk.at();
    return answer(first == 1, walk.compared());
  }

  private AuditVerification lines(MappingIterator<AuditExportLine> lines) throws IOException {
    while (lines.hasNextValue()) {
      SealedRow row = row(lines.nextValue());
      first = first == 0 ? row.seq() : first;
      last = row.seq();
      byte[] bytes = java.util.Objects.requireNonNull(row.canonical());
      if (!Arrays.equals(AuditChain.hash(row.prev(), row.seq(), bytes), row.hash())) {
        findings.add(
            new AuditFinding(
                AuditFault.ALTERED,
                row.seq(),
                null,
                row.auditId(),
                "The line does not fit itself"));
      }
    }
    return answer(false, 0);
  }

  private AuditVerification answer(boolean whole, int compared) {
    int most = Math.min(findings.size(), AuditVerification.MOST_FINDINGS);
    return new AuditVerification(
        findings.isEmpty(),
        whole,
        first,
        last,
        0,
        compared,
        findings.subList(0, most),
        null,
        kept.latest());
  }

  private static SealedRow row(AuditExportLine line) {
    HexFormat hex = HexFormat.of();
    return new SealedRow(
        line.seq(),
        line.auditId(),
        hex.parseHex(line.prev()),
        hex.parseHex(line.hash()),
        line.canonical().getBytes(StandardCharsets.UTF_8),
        List.of());
  }
}
