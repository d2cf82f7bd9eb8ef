package dev.valet.agent.task;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Where the worker shows how it does, for whoever draws the health answer. Facts are drawn when
 * they are asked for, so ages are right.
 */
@Singleton
public final class WorkBoard {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Supplier<WorkFacts> source = () -> WorkFacts.NONE;

  /** The facts now. */
  public WorkFacts facts() {
    return source.get();
  }

  /** Who knows the facts; it must answer at once, on any thread. */
  public void source(Supplier<WorkFacts> facts) {
    source = facts;
  }

  /** Tells the listener, which must return at once, whenever something changed that matters. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Something changed that matters. */
  public void changed() {
    listeners.forEach(Runnable::run);
  }
}
