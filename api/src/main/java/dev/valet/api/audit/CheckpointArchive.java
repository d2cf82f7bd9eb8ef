package dev.valet.api.audit;

import dev.valet.common.audit.AuditCheckpoint;
import io.smallrye.mutiny.Uni;

/** A place outside of the database that keeps checkpoints; a port, such as to an object store. */
interface CheckpointArchive {

  /** Keeps a checkpoint. Doing so again, or by several replicas at once, changes nothing. */
  Uni<Void> keep(AuditCheckpoint checkpoint);
}
