package dev.valet.api.audit;

import dev.valet.api.audit.SealStore.Seal;
import dev.valet.api.audit.SealStore.Unsealed;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Loop;
import dev.valet.common.audit.AuditChain;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Chains the rows of the audit log, in the order in which their commits became visible, so writers
 * never wait for each other. Runs in every replica; the head's lock lets one at a time do it, and
 * the others pass. A round is one transaction: after a crash its rows are simply still waiting.
 */
@ApplicationScoped
class AuditSealer implements Loop {
  static final String NAME = "audit-seal";
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int BATCH = 500;

  private final SealStore store;
  private final Checkpoints checkpoints;
  private final Transactions transactions;

  AuditSealer(SealStore store, Checkpoints checkpoints, Transactions transactions) {
    this.store = store;
    this.checkpoints = checkpoints;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public Uni<Void> run() {
    return transactions
        .write(this::round)
        .chain(sealed -> sealed == BATCH ? run() : checkpoints.publish());
  }

  private Uni<Integer> round(Tx tx) {
    return store
        .lockHead(tx)
        .chain(head -> head == null ? Uni.createFrom().item(0) : seal(tx, head));
  }

  private Uni<Integer> seal(Tx tx, SealHead head) {
    return store
        .take(tx, BATCH)
        .map(rows -> chain(head, rows))
        .call(seals -> store.append(tx, seals))
        .call(seals -> checkpoints.make(tx, seals.isEmpty() ? head : seals.getLast().head()))
        .map(List::size);
  }

  private static List<Seal> chain(SealHead head, List<Unsealed> rows) {
    List<Seal> seals = new ArrayList<>(rows.size());
    byte[] prev = head.hash();
    long seq = head.seq();
    for (Unsealed row : rows) {
      seq++;
      byte[] hash = AuditChain.hash(prev, seq, row.canonical());
      seals.add(new Seal(seq, row.auditId(), prev, hash));
      prev = hash;
    }
    return seals;
  }
}
