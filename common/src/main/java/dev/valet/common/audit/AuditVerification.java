package dev.valet.common.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found, and what it covered.
 *
 * @param intact whether nothing is wrong in what was covered
 * @param complete whether everything is covered, from the first seal to rows that have none yet;
 *     else {@code nextCursor} goes on
 * @param fromSeq the first seal covered by this call; the seal before is taken for true
 * @param toSeq the last seal covered by this call; less than {@code fromSeq} if none was
 * @param rows records without seal that this call looked for, in rows passed
 * @param checkpoints how many signed checkpoints were compared
 * @param findings what is wrong, at most 100
 * @param nextCursor continues where this call ended; null at the end
 * @param checkpoint the newest signed checkpoint; keep it outside of Valet to recognise a cut tail
 */
public record AuditVerification(
    boolean intact,
    boolean complete,
    long fromSeq,
    long toSeq,
    long rows,
    int checkpoints,
    List<AuditFinding> findings,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
    @Nullable AuditCheckpoint checkpoint) {
  /** Most findings of one answer. */
  public static final int MOST_FINDINGS = 100;

  /** Copies the list. */
  public AuditVerification {
    findings = List.copyOf(findings);
  }
}
