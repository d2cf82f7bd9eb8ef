package dev.valet.api.realtime;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to a client. Its user sends a next part when nothing is, so what waits here is
 * never more than one part and a few notices.
 */
final class Outbound {
  private final Peer peer;
  private final Executor executor;
  private final LongSupplier nanos;
  private final Runnable idle;
  private int parts;
  private long progress;

  /**
   * @param executor of the socket: its tasks run one after another
   * @param idle called on the executor when everything was received or the connection broke
   */
  Outbound(Peer peer, Executor executor, LongSupplier nanos, Runnable idle) {
    this.peer = peer;
    this.executor = executor;
    this.nanos = nanos;
    this.idle = idle;
  }

  void send(List<String> texts) {
    if (parts++ == 0) {
      progress = nanos.getAsLong();
    }
    List<Uni<Void>> sending = texts.stream().map(peer::send).toList();
    // A failure needs no answer: the connection is gone, which its close handler tells.
    Uni.join()
        .all(sending)
        .andFailFast()
        .subscribe()
        .with(sent -> executor.execute(this::sent), broken -> executor.execute(this::sent));
  }

  boolean isIdle() {
    return parts == 0;
  }

  /** Since when nothing was received although something is on its way; null if nothing is. */
  @Nullable Long stalledSince() {
    return parts == 0 ? null : progress;
  }

  private void sent() {
    parts--;
    progress = nanos.getAsLong();
    if (parts == 0) {
      idle.run();
    }
  }
}
