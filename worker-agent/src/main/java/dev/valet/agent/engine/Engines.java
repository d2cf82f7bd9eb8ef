package dev.valet.agent.engine;

import dev.valet.agent.platform.PartsBoard;
import dev.valet.agent.platform.time.Ticker;
import dev.valet.common.health.AgentHealth.Engine;
import dev.valet.common.health.PartState;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The engines that the configuration declares. Each task gets a browser process of its own, started
 * when it is wanted; an idle engine is a state and a look at a file now and then.
 */
@Singleton
public final class Engines implements EngineSource, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Engines.class);

  private static final Duration END_LIMIT = Duration.ofSeconds(3);

  private final Map<String, BrowserEngine> known = new LinkedHashMap<>();
  private final Map<String, EngineUnit> units = new ConcurrentHashMap<>();
  private final Browsers browsers;
  private final PartsBoard board;
  private final Ticker ticker;
  private final Rhythm rhythm;

  private final BlockingQueue<Runnable> asked = new LinkedBlockingQueue<>();
  private volatile List<String> declared = List.of();
  private volatile boolean closed;
  private @Nullable Thread keeper;

  @Inject
  Engines(@All List<BrowserEngine> engines, Browsers browsers, PartsBoard board, Ticker ticker) {
    this(engines, browsers, board, ticker, Rhythm.DEFAULT);
  }

  Engines(
      List<BrowserEngine> engines,
      Browsers browsers,
      PartsBoard board,
      Ticker ticker,
      Rhythm rhythm) {
    engines.forEach(engine -> known.put(engine.name(), engine));
    this.browsers = browsers;
    this.board = board;
    this.ticker = ticker;
    this.rhythm = rhythm;
  }

  /**
   * How often what is done.
   *
   * @param look at the engines
   * @param checkEvery so many looks, the browsers are asked
   * @param reapEvery so many looks, what was left behind is removed
   */
  record Rhythm(Duration look, int checkEvery, int reapEvery) {
    static final Rhythm DEFAULT = new Rhythm(Duration.ofSeconds(5), 2, 12);
  }

  /** Engines that this agent knows, declared or not. */
  public Set<String> known() {
    return Set.copyOf(known.keySet());
  }

  /** Engines that are declared and known, in the order of their declaration. */
  public List<String> declared() {
    return declared;
  }

  /**
   * Runs these from now on; returns at once.
   *
   * @param names of the declared engines, known or not
   * @param slots browsers of each at once
   */
  public synchronized void use(List<String> names, int slots) {
    if (closed) {
      return;
    }
    board.engines(this::shown);
    List<String> unknown = EnginePlanner.unknown(names, known.keySet());
    if (!unknown.isEmpty()) {
      LOG.warnf("this agent has no engines %s", unknown);
    }
    declared = names.stream().filter(known::containsKey).toList();
    for (String name : declared) {
      units.computeIfAbsent(name, this::unit).slots(slots);
    }
    for (String name : new HashSet<>(units.keySet())) {
      EngineUnit unit = declared.contains(name) ? null : units.remove(name);
      if (unit != null) {
        asked.add(unit::retire);
      }
    }
    asked.add(() -> {}); // looks at once
    if (keeper == null) {
      keeper = Thread.ofPlatform().daemon().name("valet-engines").start(this::keep);
    }
    board.changed();
  }

  private EngineUnit unit(String name) {
    BrowserEngine engine = known.get(name);
    if (engine == null) {
      throw new IllegalStateException(name);
    }
    return new EngineUnit(engine, browsers, ticker, board::changed);
  }

  private Engine shown(String name) {
    EngineUnit unit = units.get(name);
    if (unit != null) {
      return unit.shown();
    }
    String detail = known.containsKey(name) ? null : "this agent has no engine of that name";
    return new Engine(name, PartState.NOT_CONFIGURED, detail);
  }

  @Override
  public EngineLease lease(String name) throws EngineFailure, InterruptedException {
    EngineUnit unit = units.get(name);
    if (unit == null) {
      throw new EngineFailure("the engine " + name + " is not declared here: " + declared);
    }
    return unit.lease();
  }

  /**
   * Ends the browsers of an engine, whose tasks fail, and tries it anew; returns at once.
   *
   * @return whether such an engine is declared
   */
  public boolean restart(String name) {
    EngineUnit unit = units.get(name);
    if (unit == null) {
      return false;
    }
    LOG.infof("engine %s is restarted, as asked", name);
    asked.add(unit::restart);
    return true;
  }

  /** Ends all browsers. */
  @Override
  public void close() {
    Map<String, EngineUnit> left;
    Thread running;
    synchronized (this) {
      closed = true;
      left = Map.copyOf(units);
      units.clear();
      running = keeper;
    }
    if (running != null) {
      running.interrupt();
      awaitEnd(running);
    }
    left.values().forEach(EngineUnit::retire);
  }

  /** It may be trying a browser, which it ends. */
  private static void awaitEnd(Thread thread) {
    try {
      thread.join(END_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The thread that looks after everything; nothing that goes wrong ends it. */
  private void keep() {
    for (long round = 0; !closed; round++) {
      try {
        look(round);
        Runnable first = asked.poll(rhythm.look().toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          first.run();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("looking after the engines failed", e);
      }
    }
  }

  private void look(long round) throws InterruptedException {
    if (round % rhythm.reapEvery() == 0) {
      browsers.reap(known);
    }
    for (EngineUnit unit : units.values()) {
      unit.tend();
      if (round % rhythm.checkEvery() == rhythm.checkEvery() - 1) {
        unit.checkBrowsers();
      }
    }
  }
}
