package dev.valet.api.platform.db;

import io.smallrye.common.vertx.ContextLocals;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be done once a context's outermost transaction has committed; each thing once. */
final class AfterCommit {
  private static final String KEY = "valet.afterCommit";

  private final Set<Runnable> hints = new LinkedHashSet<>();

  private AfterCommit() {}

  /** That of the transaction which this context is in; null outside of any. */
  static @Nullable AfterCommit current() {
    return ContextLocals.<AfterCommit>get(KEY).orElse(null);
  }

  /** Makes this context's transaction the outermost one. */
  static AfterCommit open() {
    AfterCommit opened = new AfterCommit();
    ContextLocals.put(KEY, opened);
    return opened;
  }

  void add(Runnable hint) {
    hints.add(hint);
  }

  /** The transaction has ended, well or not. */
  void close() {
    ContextLocals.remove(KEY);
  }

  void run() {
    hints.forEach(Runnable::run);
  }
}
