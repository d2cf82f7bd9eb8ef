package dev.valet.common.audit;

import static dev.valet.common.audit.AuditFault.ALTERED;
import static dev.valet.common.audit.AuditFault.BAD_SIGNATURE;
import static dev.valet.common.audit.AuditFault.CUT_TAIL;
import static dev.valet.common.audit.AuditFault.INSERTED;
import static dev.valet.common.audit.AuditFault.REMOVED;
import static dev.valet.common.audit.AuditFault.REORDERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChainWalkTest {
  private static final byte[] FORGED = "forged".getBytes(StandardCharsets.UTF_8);

  private static final String HASH_OF_EMPTY_RECORD =
      "3503c37b85f05450cd23f06ee663ea7d081b2a2209e2a2b126437ef35d2bf372";

  private final TestChain chain = TestChain.of(40);

  @Test
  void hashIsTheOneThatTheDocumentationDescribes() {
    // printf '\001' | cat - <(head -c 32 /dev/zero) <(printf '\0\0\0\0\0\0\0\001{}') | sha256sum
    assertThat(
            HexFormat.of()
                .formatHex(AuditChain.hash(AuditChain.genesis(), 1, new byte[] {'{', '}'})))
        .isEqualTo(HASH_OF_EMPTY_RECORD);
  }

  @Test
  void untouchedLogIsIntact() {
    assertThat(chain.walk(chain.checkpoint(7), chain.checkpoint(40))).isEmpty();
  }

  @Test
  void alteredRecordIsNamed() {
    chain.setRecord(7, chain.row(7).auditId(), FORGED);
    assertFound(chain.walk(), ALTERED, 7, 7);
    assertThat(chain.walk().getFirst().auditId()).isEqualTo(chain.row(7).auditId());
  }

  @Test
  void recordRewrittenWithItsSealIsNamed() {
    SealedRow row = chain.row(7);
    chain.rows.set(6, TestChain.sealed(7, row.auditId(), row.prev(), FORGED));
    assertFound(chain.walk(), ALTERED, 7, 7);
  }

  @Test
  void alteredSealIsNamed() {
    SealedRow row = chain.row(7);
    chain.rows.set(
        6, new SealedRow(7, row.auditId(), row.prev(), new byte[32], row.canonical(), List.of()));
    assertFound(chain.walk(), ALTERED, 7, 7);
  }

  @Test
  void alteredColumnIsNamed() {
    SealedRow row = chain.row(7);
    chain.rows.set(
        6,
        new SealedRow(7, row.auditId(), row.prev(), row.hash(), row.canonical(), List.of("actor")));
    assertFound(chain.walk(), ALTERED, 7, 7);
    assertThat(chain.walk().getFirst().detail()).contains("actor");
  }

  @Test
  void removedRecordIsNamed() {
    chain.setRecord(7, chain.row(7).auditId(), null);
    assertFound(chain.walk(), REMOVED, 7, 7);
  }

  @Test
  void removedSealsAreNamed() {
    chain.rows.subList(6, 9).clear();
    assertFound(chain.walk(), REMOVED, 7, 9);
  }

  @Test
  void removalIsFoundThoughTheRestIsNumberedAnew() {
    chain.rows.subList(6, 9).clear();
    chain.renumber();
    assertFound(chain.walk(), REMOVED, 7, 9);
  }

  @Test
  void insertionIsFoundThoughTheRestIsNumberedAnew() {
    byte[] prev = chain.row(6).hash();
    chain.rows.add(6, TestChain.sealed(7, UUID.randomUUID(), prev, FORGED));
    chain.renumber();
    assertFound(chain.walk(), INSERTED, 7, 7);
  }

  @Test
  void swappedSealsAreNamed() {
    for (int far : new int[] {8, 11, 31}) {
      TestChain swapped = TestChain.of(40);
      SealedRow early = swapped.row(7);
      swapped.rows.set(6, swapped.row(far));
      swapped.rows.set(far - 1, early);
      swapped.renumber();
      assertThat(swapped.walk())
          .extracting(AuditFinding::fault, AuditFinding::seq)
          .containsExactly(tuple(REORDERED, 7L), tuple(REORDERED, (long) far));
    }
  }

  @Test
  void swappedRecordsAreNamed() {
    SealedRow early = chain.row(7);
    SealedRow late = chain.row(30);
    chain.setRecord(7, early.auditId(), late.canonical());
    chain.setRecord(30, late.auditId(), early.canonical());
    assertThat(chain.walk()).extracting(AuditFinding::fault).containsExactly(REORDERED, REORDERED);
  }

  @Test
  void rewrittenChainFitsItselfButNotTheCheckpoints() {
    AuditCheckpoint before = chain.checkpoint(5);
    AuditCheckpoint after = chain.checkpoint(10);
    AuditCheckpoint last = chain.checkpoint(40);
    chain.setRecord(7, chain.row(7).auditId(), FORGED);
    chain.resealFrom(7);
    assertThat(chain.walk()).isEmpty();
    assertFound(chain.walk(before, after, last), ALTERED, 6, 10);
  }

  @Test
  void cutTailShowsWithACheckpointOnly() {
    AuditCheckpoint last = chain.checkpoint(40);
    chain.rows.subList(30, 40).clear();
    assertThat(chain.walk()).isEmpty();
    assertFound(chain.walk(last), CUT_TAIL, 31, 40);
  }

  @Test
  void severalFaultsAreEachNamedOnce() {
    chain.setRecord(7, chain.row(7).auditId(), FORGED);
    chain.setRecord(20, chain.row(20).auditId(), null);
    chain.rows.remove(33);
    assertThat(chain.walk())
        .extracting(AuditFinding::fault, AuditFinding::seq)
        .containsExactly(tuple(ALTERED, 7L), tuple(REMOVED, 20L), tuple(REMOVED, 34L));
  }

  @Test
  void walkFromTheMiddleTakesTheSealBeforeForTrue() {
    ChainWalk walk = new ChainWalk(11, chain.row(10).hash());
    chain.rows.subList(10, 40).forEach(walk::next);
    walk.end();
    assertThat(walk.findings()).isEmpty();
    assertThat(walk.at()).isEqualTo(40);
  }

  @Test
  void checkpointIsBelievedWithTheSignatureOfAKnownKeyOnly() {
    KeyPair ours = TestChain.newKeys();
    KeyPair retired = TestChain.newKeys();
    KeyPair foreign = TestChain.newKeys();
    CheckpointKeys keys = CheckpointKeys.ofPem(TestChain.pem(ours) + TestChain.pem(retired));
    AuditCheckpoint good = TestChain.signed(chain.checkpoint(7), ours);
    AuditCheckpoint moved =
        new AuditCheckpoint(8, good.hash(), good.at(), good.key(), good.signature());
    AuditCheckpoint empty = new AuditCheckpoint(7, good.hash(), good.at(), good.key(), new byte[0]);

    assertThat(keys.fault(good)).isNull();
    assertThat(keys.fault(TestChain.signed(chain.checkpoint(9), retired))).isNull();
    for (AuditCheckpoint bad :
        List.of(moved, empty, TestChain.signed(chain.checkpoint(7), foreign))) {
      assertThat(keys.fault(bad)).extracting(AuditFinding::fault).isEqualTo(BAD_SIGNATURE);
    }
  }

  private static void assertFound(
      List<AuditFinding> findings, AuditFault fault, long from, long to) {
    assertThat(findings).hasSize(1);
    AuditFinding found = findings.getFirst();
    assertThat(found.fault()).isEqualTo(fault);
    assertThat(found.seq()).isEqualTo(from);
    assertThat(found.toSeq()).isEqualTo(from == to ? null : (Long) to);
  }
}
