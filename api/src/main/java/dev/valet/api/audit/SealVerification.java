package dev.valet.api.audit;

import dev.valet.common.audit.AuditChain;
import dev.valet.common.audit.AuditCheckpoint;
import dev.valet.common.audit.AuditFault;
import dev.valet.common.audit.AuditFinding;
import dev.valet.common.audit.ChainWalk;
import dev.valet.common.audit.SealedRow;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One walk along seals, page by page, as far as the head stood at its beginning. */
final class SealVerification {
  private static final int PAGE = 1_000;
  private static final int MOST_STRAYS = 20;

  private final VerifyStore store;
  private final CheckpointStore checkpoints;
  private final Coverage coverage;
  private final @Nullable AuditCheckpoint known;
  private byte @Nullable [] lastHash;

  SealVerification(
      VerifyStore store,
      CheckpointStore checkpoints,
      Coverage coverage,
      @Nullable AuditCheckpoint known) {
    this.store = store;
    this.checkpoints = checkpoints;
    this.coverage = coverage;
    this.known = known;
  }

  Uni<Void> run() {
    return store.head().chain(head -> start(head).chain(walk -> compare(walk, head)));
  }

  /** A walk that takes the seal before its first for true. */
  private Uni<ChainWalk> start(SealHead head) {
    long before = coverage.from() - 1;
    return before == 0 || before > head.seq()
        ? Uni.createFrom().item(new ChainWalk(coverage.from(), AuditChain.genesis()))
        : store.hash(before).map(hash -> new ChainWalk(coverage.from(), known(before, hash)));
  }

  private byte[] known(long seq, byte @Nullable [] hash) {
    if (hash != null) {
      return hash;
    }
    coverage.found(
        AuditFinding.range(
            AuditFault.REMOVED, seq, seq, "There is no seal " + seq + " to go on from"));
    return AuditChain.genesis();
  }

  private Uni<Void> compare(ChainWalk walk, SealHead head) {
    long upTo = Math.min(head.seq(), coverage.from() + coverage.left() - 1L);
    boolean toTheEnd = upTo == head.seq() || coverage.from() > head.seq();
    return checkpoints
        .between(coverage.from(), toTheEnd ? Long.MAX_VALUE : upTo)
        .invoke(all -> expect(walk, all))
        .chain(() -> pages(walk, upTo))
        .chain(() -> toTheEnd ? end(walk, head) : Uni.createFrom().voidItem())
        .invoke(() -> coverage.walked(walk, toTheEnd));
  }

  private void expect(ChainWalk walk, List<AuditCheckpoint> all) {
    walk.expect(coverage.believable(all));
    if (known != null) {
      walk.expect(List.of(known));
    }
  }

  private Uni<Void> pages(ChainWalk walk, long upTo) {
    return store
        .seals(walk.at() + 1, upTo, PAGE)
        .invoke(page -> take(walk, page))
        .chain(page -> page.size() == PAGE ? pages(walk, upTo) : Uni.createFrom().voidItem());
  }

  private void take(ChainWalk walk, List<SealedRow> page) {
    page.forEach(walk::next);
    coverage.sealsPassed(page.size());
    if (!page.isEmpty()) {
      lastHash = page.getLast().hash();
    }
  }

  private Uni<Void> end(ChainWalk walk, SealHead head) {
    walk.cutTail(head.seq(), "its head");
    walk.end();
    if (walk.at() == head.seq() && lastHash != null && !Arrays.equals(lastHash, head.hash())) {
      coverage.found(
          AuditFinding.range(
              AuditFault.ALTERED,
              head.seq(),
              head.seq(),
              "The head has another hash than the last seal"));
    }
    return store.stray(MOST_STRAYS).invoke(this::strays).replaceWithVoid();
  }

  private void strays(List<Long> seals) {
    seals.stream()
        .map(seq ->
            AuditFinding.range(AuditFault.INSERTED, seq, seq, "The head does not know this seal"))
        .forEach(coverage::found);
  }
}
