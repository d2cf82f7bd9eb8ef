package dev.valet.agent.engine;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine whose browsers are flags. */
final class FakeEngine implements BrowserEngine {
  final List<Fake> started = new CopyOnWriteArrayList<>();
  final List<BrowserRun> runs = new CopyOnWriteArrayList<>();
  final List<String> cleared = new CopyOnWriteArrayList<>();
  final AtomicInteger attempts = new AtomicInteger();
  volatile Sighting sighting = Sighting.clear("v1", null);
  volatile String failure;
  private final String name;

  FakeEngine(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public EngineProtocol protocol() {
    return EngineProtocol.CDP;
  }

  @Override
  public Sighting look() {
    return sighting;
  }

  @Override
  public RunningBrowser start(BrowserRun run) throws EngineFailure {
    attempts.incrementAndGet();
    if (failure != null) {
      throw new EngineFailure(failure);
    }
    runs.add(run);
    Fake browser = new Fake();
    started.add(browser);
    return browser;
  }

  @Override
  public void clearAway(java.nio.file.Path folder) {
    cleared.add(folder.getFileName().toString());
  }

  static final class Fake implements RunningBrowser {
    volatile boolean closed;
    volatile boolean answers = true;

    @Override
    public URI endpoint() {
      return URI.create("ws://127.0.0.1:1/x");
    }

    @Override
    public void check() throws IOException {
      if (!answers || closed) {
        throw new IOException("silence");
      }
    }

    @Override
    public String version() {
      return "Fake/1";
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
