package dev.valet.api.audit;

import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Position;
import dev.valet.common.audit.AuditCheckpoint;
import dev.valet.common.audit.AuditVerification;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the audit log, a bounded part at a time: first the seals in their order, with their
 * records and the checkpoints, then the rows, whether each has a seal.
 */
@ApplicationScoped
public class AuditVerifier {
  /** Older rows must have been sealed. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final UUID NO_ROW = new UUID(0, 0);

  private final VerifyStore store;
  private final CheckpointStore checkpoints;
  private final CheckpointSigner signer;
  private final Cursors cursors;
  private final Clock clock;

  AuditVerifier(
      VerifyStore store,
      CheckpointStore checkpoints,
      CheckpointSigner signer,
      Cursors cursors,
      Clock clock) {
    this.store = store;
    this.checkpoints = checkpoints;
    this.signer = signer;
    this.cursors = cursors;
    this.clock = clock;
  }

  /**
   * Verifies a part.
   *
   * @param fromSeq the first seal, if there is no cursor
   * @param limit at most so many seals and rows
   * @param known a checkpoint that the caller has kept and whose signature the caller trusts
   * @param cursor of the part before, with the same checkpoint
   * @throws dev.valet.api.platform.problem.ProblemException 400 if the cursor is of another
   *     verification
   */
  public Uni<AuditVerification> verify(
      long fromSeq, int limit, @Nullable AuditCheckpoint known, @Nullable String cursor) {
    ListKey key = key(known);
    Position place = cursors.read(key, cursor);
    Uni<Coverage> covered =
        place == null
            ? seals(fromSeq, limit, known)
            : place.value().isEmpty()
                ? rows(new Coverage(1, limit, signer.believed()), place.id())
                : seals(Long.parseLong(place.value()), limit, known);
    return covered.chain(
        done -> checkpoints.newest().map(newest -> done.answer(next(key, done), newest)));
  }

  private Uni<Coverage> seals(long from, int limit, @Nullable AuditCheckpoint known) {
    Coverage coverage = new Coverage(from, limit, signer.believed());
    return new SealVerification(store, checkpoints, coverage, known)
        .run()
        .chain(() -> rowsIfAtEnd(coverage));
  }

  private Uni<Coverage> rowsIfAtEnd(Coverage coverage) {
    return coverage.sealsDone() && coverage.left() > 0
        ? rows(coverage, NO_ROW)
        : Uni.createFrom().item(coverage);
  }

  private Uni<Coverage> rows(Coverage coverage, UUID after) {
    coverage.rowsFrom(after);
    return store
        .rows(
            after,
            coverage.left(),
            clock.instant().minus(PATIENCE),
            AuditVerification.MOST_FINDINGS)
        .invoke(coverage::rows)
        .chain(() -> coverage.rowsDone() ? orphans(coverage) : Uni.createFrom().item(coverage));
  }

  private Uni<Coverage> orphans(Coverage coverage) {
    return store
        .orphans(AuditVerification.MOST_FINDINGS)
        .invoke(coverage::orphans)
        .replaceWith(coverage);
  }

  private static ListKey key(@Nullable AuditCheckpoint known) {
    String checkpoint = known == null ? "" : known.seq() + ":" + known.hash();
    return ListKey.of("audit-verification", "seq", false, Map.of("checkpoint", checkpoint));
  }

  private @Nullable String next(ListKey key, Coverage done) {
    if (done.rowsDone()) {
      return null;
    }
    return cursors.write(
        key,
        done.sealsDone()
            ? new Position("", done.lastRow())
            : new Position(Long.toString(done.nextSeal()), NO_ROW));
  }
}
