package dev.valet.agent.engine;

import dev.valet.agent.platform.time.Ticker;
import dev.valet.common.health.AgentHealth.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One declared engine: its state, its slots, its browsers. */
final class EngineUnit {
  private static final Logger LOG = Logger.getLogger(EngineUnit.class);

  private final BrowserEngine engine;
  private final Browsers browsers;
  private final Ticker ticker;
  private final Runnable onChange;

  private EngineState state;
  private @Nullable Sighting seen;
  private int slots;
  private int active;
  private long ended;
  private boolean retired;
  private final List<EngineLease> leases = new ArrayList<>();

  EngineUnit(BrowserEngine engine, Browsers browsers, Ticker ticker, Runnable onChange) {
    this.engine = engine;
    this.browsers = browsers;
    this.ticker = ticker;
    this.onChange = onChange;
    this.state = EngineState.untried(ticker.nanos());
  }

  synchronized void slots(int now) {
    slots = now;
    notifyAll();
  }

  synchronized Engine shown() {
    return EnginePlanner.shown(engine.name(), state, seen, slots, active, ended);
  }

  /** A browser, once there is a slot. */
  EngineLease lease() throws EngineFailure, InterruptedException {
    takeSlot();
    boolean leased = false;
    try {
      EngineLease lease = open();
      leased = true;
      return lease;
    } finally {
      if (!leased) {
        freeSlot();
      }
    }
  }

  private synchronized void takeSlot() throws EngineFailure, InterruptedException {
    while (active >= slots && !retired) {
      wait();
    }
    String obstacle = seen == null ? null : seen.obstacle();
    if (retired) {
      throw new EngineFailure("the engine " + engine.name() + " is not declared any more");
    }
    if (obstacle != null) {
      throw new EngineFailure(obstacle);
    }
    active++;
  }

  private synchronized void freeSlot() {
    active--;
    notifyAll();
  }

  private EngineLease open() throws EngineFailure, InterruptedException {
    OpenBrowser open = tryToOpen();
    EngineLease[] made = new EngineLease[1];
    made[0] = new EngineLease(engine, open, () -> giveBack(made[0]));
    synchronized (this) {
      leases.add(made[0]);
    }
    onChange.run();
    return made[0];
  }

  private OpenBrowser tryToOpen() throws EngineFailure, InterruptedException {
    try {
      OpenBrowser open = browsers.open(engine);
      note(state().worked(stamp(), null, ticker.nanos()));
      return open;
    } catch (EngineFailure e) {
      note(state().failed(stamp(), String.valueOf(e.getMessage()), ticker.nanos()));
      throw e;
    }
  }

  private void giveBack(EngineLease lease) {
    browsers.close(lease.open());
    synchronized (this) {
      leases.remove(lease);
    }
    freeSlot();
    onChange.run();
  }

  /** Looks after it; blocks while it tries a browser. */
  void tend() throws InterruptedException {
    Sighting now = engine.look();
    note(now);
    if (EnginePlanner.wantsTrial(state(), now, ticker.nanos())) {
      tryOut(now);
    }
  }

  private void tryOut(Sighting now) throws InterruptedException {
    EngineState before = state();
    try {
      OpenBrowser open = browsers.open(engine);
      try {
        String version = open.browser().version();
        note(before.worked(now.stamp(), version, ticker.nanos()));
        LOG.infof("engine %s works: %s", engine.name(), version);
      } finally {
        browsers.close(open);
      }
    } catch (EngineFailure | IOException e) {
      note(before.failed(now.stamp(), String.valueOf(e.getMessage()), ticker.nanos()));
      LOG.warnf("engine %s does not work: %s", engine.name(), e.getMessage());
    }
  }

  /** Asks every running browser whether it is there, and ends those that are not. */
  void checkBrowsers() throws InterruptedException {
    for (EngineLease lease : leases()) {
      if (EnginePlanner.isLost(lease.checked(answers(lease)))) {
        LOG.warnf("browser %s does not answer and is ended", lease.open().run());
        end(lease);
      }
    }
  }

  private static boolean answers(EngineLease lease) throws InterruptedException {
    try {
      lease.open().browser().check();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its task notices, and gives it back. */
  private void end(EngineLease lease) {
    lease.open().browser().close();
    synchronized (this) {
      ended++;
    }
    onChange.run();
  }

  /** Ends its browsers, and tries it anew as if nothing were known of it. */
  void restart() {
    leases().forEach(this::end);
    note(EngineState.untried(ticker.nanos()));
  }

  /** No task gets a browser any more. */
  void retire() {
    synchronized (this) {
      retired = true;
      notifyAll();
    }
    leases().forEach(this::end);
  }

  private synchronized List<EngineLease> leases() {
    return List.copyOf(leases);
  }

  private synchronized EngineState state() {
    return state;
  }

  private synchronized String stamp() {
    return seen == null ? "" : seen.stamp();
  }

  private void note(EngineState fresh) {
    synchronized (this) {
      state = fresh;
    }
    onChange.run();
  }

  private void note(Sighting fresh) {
    synchronized (this) {
      if (fresh.equals(seen)) {
        return;
      }
      seen = fresh;
    }
    onChange.run();
  }
}
