package dev.valet.api.health;

import dev.valet.api.health.HeldShards.Claim;
import dev.valet.api.health.MonotonicTime.Moment;
import dev.valet.api.health.RegisterStore.Read;
import dev.valet.api.platform.loop.Loop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the register equal to the targets in the database: a shard just taken is read whole, then
 * changes every second, and everything once a minute, should a change have been committed so late
 * that the readings by time missed it.
 */
@ApplicationScoped
class TargetRefresh implements Loop {
  static final String NAME = "health-targets";
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration OVERLAP = Duration.ofSeconds(10);
  private static final Duration READ_ALL_EVERY = Duration.ofSeconds(60);

  private final RegisterStore store;
  private final ProbeRegister register;
  private final HeldShards held;
  private final MonotonicTime time;
  private volatile Set<Claim> loaded = Set.of();
  private volatile @Nullable Instant readUntil;
  private volatile Moment nextFull;

  TargetRefresh(RegisterStore store, ProbeRegister register, HeldShards held, MonotonicTime time) {
    this.store = store;
    this.register = register;
    this.held = held;
    this.time = time;
    this.nextFull = time.now();
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
    List<Claim> claims = held.safe();
    register.keepOnly(claims);
    loaded = loaded.stream().filter(claims::contains).collect(Collectors.toSet());
    return store
        .now()
        .call(now -> readNew(claims))
        .call(now -> readChanged())
        .invoke(now -> readUntil = now)
        .replaceWithVoid();
  }

  private Uni<Void> readNew(List<Claim> claims) {
    boolean full = !time.now().isBefore(nextFull);
    List<Claim> unread =
        full ? claims : claims.stream().filter(claim -> !loaded.contains(claim)).toList();
    if (unread.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return store.all(unread).invoke(rows -> loaded(unread, rows, full)).replaceWithVoid();
  }

  private void loaded(List<Claim> claims, List<Read> rows, boolean full) {
    rows.forEach(this::apply);
    register.keepOnly(
        claims.stream().map(Claim::shard).collect(Collectors.toSet()),
        rows.stream().map(Read::sandboxId).collect(Collectors.toSet()));
    Set<Claim> all = new HashSet<>(loaded);
    all.addAll(claims);
    loaded = all;
    if (full) {
      nextFull = time.now().plus(READ_ALL_EVERY);
    }
  }

  private Uni<Void> readChanged() {
    Instant since = readUntil;
    return since == null || loaded.isEmpty()
        ? Uni.createFrom().voidItem()
        : store
            .changed(loaded, since.minus(OVERLAP))
            .invoke(rows -> rows.forEach(this::apply))
            .replaceWithVoid();
  }

  private void apply(Read row) {
    if (row.probed() == null) {
      register.remove(row.sandboxId());
    } else {
      register.put(row.probed());
    }
  }
}
