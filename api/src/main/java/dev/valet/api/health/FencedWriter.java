package dev.valet.api.health;

import dev.valet.api.health.HeldShards.Claim;
import dev.valet.api.health.ResultPlanner.Update;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes updates where this prober's claim on the shard still stands, with history and event of
 * every changed verdict.
 */
@ApplicationScoped
class FencedWriter {
  private final ShardKeeper keeper;
  private final ShardStore shards;
  private final ResultStore store;
  private final VerdictLog log;
  private final WorkerLinkNews links;

  FencedWriter(
      ShardKeeper keeper,
      ShardStore shards,
      ResultStore store,
      VerdictLog log,
      WorkerLinkNews links) {
    this.keeper = keeper;
    this.shards = shards;
    this.store = store;
    this.log = log;
    this.links = links;
  }

  /** Yields the updates that hold: written, or in no need of it. */
  Uni<List<Update>> write(Tx tx, List<Update> updates) {
    Set<Integer> touched =
        updates.stream().map(one -> one.after().claim().shard()).collect(Collectors.toSet());
    return shards
        .fence(tx, keeper.prober(), touched)
        .map(claims -> claimed(updates, Set.copyOf(claims)))
        .chain(mine ->
            store
                .write(tx, mine.stream().filter(Update::write).toList())
                .call(versions -> logChanges(tx, mine, versions))
                .call(versions -> links.tell(tx, mine, versions))
                .map(versions -> holding(mine, versions)));
  }

  private static List<Update> claimed(List<Update> updates, Set<Claim> claims) {
    return updates.stream().filter(one -> claims.contains(one.after().claim())).toList();
  }

  private static List<Update> holding(List<Update> updates, Map<UUID, Long> versions) {
    return updates.stream()
        .filter(one -> !one.write() || versions.containsKey(one.result().sandboxId()))
        .toList();
  }

  private Uni<Void> logChanges(Tx tx, List<Update> updates, Map<UUID, Long> versions) {
    List<VerdictLog.Entry> entries =
        updates.stream()
            .filter(one -> one.plan().change() != null)
            .filter(one -> versions.containsKey(one.result().sandboxId()))
            .map(one -> entry(one, versions.getOrDefault(one.result().sandboxId(), 0L)))
            .toList();
    return log.add(tx, entries);
  }

  private static VerdictLog.Entry entry(Update update, long version) {
    ProbeTarget target = update.after().target();
    return new VerdictLog.Entry(
        target.sandboxId(),
        target.tenantId(),
        target.environment(),
        target.instanceId(),
        update.after().state().failures(),
        version,
        Objects.requireNonNull(update.plan().change()));
  }
}
