package dev.valet.agent.platform;

import dev.valet.common.health.AgentHealth.Engine;
import dev.valet.common.health.AgentHealth.Part;
import dev.valet.common.health.PartState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where browser engines and desktop show how they are, for whoever draws the health answer. What is
 * not there says {@code not_configured}.
 */
@Singleton
public final class PartsBoard {
  private static final Part NONE = new Part(PartState.NOT_CONFIGURED, null);

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Function<String, Engine> engines =
      name -> new Engine(name, PartState.NOT_CONFIGURED, null);
  private volatile Supplier<Part> desktop = () -> NONE;

  /** How an engine is. */
  public Engine engine(String name) {
    return engines.apply(name);
  }

  /** How the desktop is. */
  public Part desktop() {
    return desktop.get();
  }

  /** Who knows how an engine of that name is; it must answer at once, on any thread. */
  public void engines(Function<String, Engine> source) {
    engines = source;
    changed();
  }

  /** Who knows how the desktop is; it must answer at once, on any thread. */
  public void desktop(Supplier<Part> source) {
    desktop = source;
    changed();
  }

  /** Tells the listener, which must return at once, whenever something changed. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Something changed. */
  public void changed() {
    listeners.forEach(Runnable::run);
  }
}
