package dev.valet.api.health;

import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * What others than an agent find wrong with its work for the task engine, though it answers every
 * probe. A finding counts like a declared part that does not work, so the verdict becomes degraded
 * by the usual rules; it ends with the boot.
 */
@ApplicationScoped
public class AgentFindings {
  private final FindingStore store;

  AgentFindings(FindingStore store) {
    this.store = store;
  }

  /**
   * Notes a finding, in place of the one before. The reconciler looks at the sandbox anew.
   *
   * @param bootId of the agent process that it is about; of another one nothing is noted
   * @param what is wrong, for people, at most 200 characters
   * @param restart whether the sandbox is to be restarted for it, within the limits of repairs
   * @return whether anything changed
   */
  public Uni<Boolean> set(Tx tx, UUID sandboxId, String bootId, String what, boolean restart) {
    return store.set(tx, sandboxId, bootId, what, restart);
  }

  /**
   * Takes the finding back.
   *
   * @return whether there was one
   */
  public Uni<Boolean> clear(Tx tx, UUID sandboxId) {
    return store.clear(tx, sandboxId);
  }
}
