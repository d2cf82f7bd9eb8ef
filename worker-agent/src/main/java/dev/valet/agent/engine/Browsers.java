package dev.valet.agent.engine;

import dev.valet.agent.engine.process.ProcessTable;
import dev.valet.agent.engine.process.RunFolders;
import dev.valet.agent.netguard.CheckingProxy;
import dev.valet.agent.netguard.TaskProxy;
import dev.valet.agent.platform.Secret;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Opens browsers, each with a folder and a proxy of its own, and leaves nothing of them; also
 * nothing of those that an agent before this one opened.
 */
@Singleton
final class Browsers {
  private static final Logger LOG = Logger.getLogger(Browsers.class);
  private static final int PASSWORD_BYTES = 24;

  private final RunFolders folders;
  private final CheckingProxy proxies;
  private final SecureRandom random = new SecureRandom();
  private final Set<String> live = ConcurrentHashMap.newKeySet();

  Browsers(RunFolders folders, CheckingProxy proxies) {
    this.folders = folders;
    this.proxies = proxies;
  }

  OpenBrowser open(BrowserEngine engine) throws EngineFailure, InterruptedException {
    String run = folders.freshName(engine.name());
    live.add(run);
    boolean opened = false;
    try {
      OpenBrowser browser = open(engine, run, folders.create(run));
      opened = true;
      return browser;
    } catch (IOException e) {
      throw new EngineFailure(e.getMessage() == null ? e.toString() : e.getMessage());
    } finally {
      if (!opened) {
        forget(run);
      }
    }
  }

  private OpenBrowser open(BrowserEngine engine, String run, Path folder)
      throws IOException, EngineFailure, InterruptedException {
    BrowserRun.Login login = new BrowserRun.Login("task", password());
    TaskProxy proxy = proxies.open(new BrowserGate(folder, login));
    boolean started = false;
    try {
      BrowserRun.Proxy address = new BrowserRun.Proxy(TaskProxy.HOST, proxy.port(), login);
      RunningBrowser browser = engine.start(new BrowserRun(folder, address));
      started = true;
      return new OpenBrowser(run, proxy, browser);
    } finally {
      if (!started) {
        proxy.close();
      }
    }
  }

  private Secret password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  void close(OpenBrowser open) {
    open.browser().close();
    open.proxy().close();
    forget(open.run());
  }

  private void forget(String run) {
    folders.remove(run);
    live.remove(run);
  }

  /** Ends and removes what no run under way owns. */
  void reap(Map<String, BrowserEngine> engines) throws InterruptedException {
    Map<Long, String> processes = ProcessTable.under(folders.root());
    Set<String> found = new HashSet<>(folders.names());
    found.addAll(processes.values());
    // Looked at after the finding: a run is live before it has anything to be found.
    Set<String> left = EnginePlanner.leftOver(found, live);
    Map<Long, String> lost = new HashMap<>(processes);
    lost.values().retainAll(left);
    ProcessTable.kill(lost.keySet());
    for (String run : left) {
      LOG.warnf("removing what the browser %s left behind", run);
      BrowserEngine engine = engines.get(RunFolders.engineOf(run));
      if (engine != null) {
        engine.clearAway(folders.of(run));
      }
      folders.remove(run);
    }
  }
}
