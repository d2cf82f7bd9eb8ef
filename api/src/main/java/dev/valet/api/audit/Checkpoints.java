package dev.valet.api.audit;

import dev.valet.api.platform.db.Tx;
import dev.valet.common.audit.AuditCheckpoint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes checkpoints and brings them out of the database: to the log and to the archive, from every
 * replica, so that more than one place can tell later how the log was.
 */
@ApplicationScoped
class Checkpoints {
  private static final Logger LOG = Logger.getLogger(Checkpoints.class);

  private final CheckpointStore store;
  private final CheckpointSigner signer;
  private final CheckpointArchive archive;
  private final AuditConfig config;
  private final Clock clock;
  private volatile long published;

  Checkpoints(
      CheckpointStore store,
      CheckpointSigner signer,
      CheckpointArchive archive,
      AuditConfig config,
      Clock clock) {
    this.store = store;
    this.signer = signer;
    this.archive = archive;
    this.config = config;
    this.clock = clock;
  }

  /** Adds a checkpoint of the head if one is due. */
  Uni<Void> make(Tx tx, SealHead head) {
    Instant now = clock.instant();
    return store
        .before(tx, head.seq())
        .chain(last ->
            isDue(head, last, now)
                ? store.insert(tx, signer.sign(head, now))
                : Uni.createFrom().voidItem());
  }

  /** Brings the newest one out, if that is still to be done. After a failure it is tried again. */
  Uni<Void> publish() {
    return store.newest().chain(this::bringOut);
  }

  private Uni<Void> bringOut(@Nullable AuditCheckpoint newest) {
    if (newest == null || newest.seq() == published) {
      return Uni.createFrom().voidItem();
    }
    return archive
        .keep(newest)
        .invoke(() -> {
          published = newest.seq();
          LOG.infof("Audit checkpoint: seal %d has the hash %s", newest.seq(), newest.hash());
        });
  }

  private boolean isDue(SealHead head, @Nullable AuditCheckpoint last, Instant now) {
    if (head.seq() == 0) {
      return false;
    }
    return last == null
        || head.seq() - last.seq() >= config.checkpointRows()
        || (head.seq() > last.seq() && !now.isBefore(last.at().plus(config.checkpointAge())));
  }
}
