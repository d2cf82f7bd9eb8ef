package dev.valet.agent.engine.adspower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.agent.engine.BrowserRun;
import dev.valet.agent.engine.EngineFailure;
import dev.valet.agent.engine.RunningBrowser;
import dev.valet.agent.engine.process.ProcessRig;
import dev.valet.agent.engine.wire.ProtocolClient;
import dev.valet.agent.platform.Secret;
import dev.valet.agent.testing.TestSettings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdsPowerEngineTest {
  private static final Duration GAP = Duration.ofMillis(20);
  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong skipped = new AtomicLong();
  private AdsPowerStandIn app;
  private ProcessRig processes;
  private AdsPowerEngine engine;

  @BeforeEach
  void start() throws Exception {
    app = new AdsPowerStandIn();
    processes = new ProcessRig(ProcessRig.shortRoot());
    engine = engine(TestSettings.in(processes.folders.root()));
  }

  private AdsPowerEngine engine(TestSettings settings) {
    return new AdsPowerEngine(
        vertx,
        settings.with("VALET_ADSPOWER_URL", app.uri().toString()).settings().browsers(),
        new ProtocolClient(vertx),
        processes.folders,
        () -> System.nanoTime() + skipped.get(),
        GAP);
  }

  @AfterEach
  void stop() {
    app.close();
    vertx.close();
  }

  @Test
  void aProfileIsMadeForTheTaskAndDeletedAfterIt() throws Exception {
    RunningBrowser browser = engine.start(run("adspower-1"));

    assertThat(browser.endpoint()).isEqualTo(URI.create("ws://127.0.0.1:9/devtools/browser/p1"));
    assertThat(app.running).containsExactly("p1");
    var proxy = app.created.getFirst().path("user_proxy_config");
    assertThat(proxy.path("proxy_port").asText()).isEqualTo("4711");
    assertThat(proxy.path("proxy_password").asText()).isEqualTo("s3cret");

    browser.close();
    assertThat(app.running).isEmpty();
    assertThat(app.profiles).isEmpty();
  }

  @Test
  void theCodeDecidesAndNotTheStatus() throws Exception {
    app.refusing = "/api/v1/browser/start";

    assertThatThrownBy(() -> engine.start(run("adspower-1")))
        .isInstanceOf(EngineFailure.class)
        .hasMessage("AdsPower refuses: Too many request per second");
    assertThat(app.profiles).isEmpty();
  }

  @Test
  void aProfileThatCannotBeDeletedIsDeletedLater() throws Exception {
    RunningBrowser browser = engine.start(run("adspower-1"));
    app.refusing = "/api/v1/user/delete";
    browser.close();
    assertThat(app.profiles).containsExactly("p1");

    app.refusing = "";
    assertThat(engine.look().obstacle()).isNull();
    assertThat(app.profiles).isEmpty();
  }

  @Test
  void whatAKilledAgentLeftIsDeleted() throws Exception {
    BrowserRun run = run("adspower-1");
    var _ = engine.start(run);

    engine(TestSettings.in(processes.folders.root())).clearAway(run.folder());

    assertThat(app.running).isEmpty();
    assertThat(app.profiles).isEmpty();
  }

  @Test
  void itsHealthIsSampled() throws Exception {
    assertThat(engine.look().obstacle()).isNull();
    app.refusing = "/status";
    assertThat(engine.look().obstacle()).isNull();
    assertThat(app.calls).containsExactly("/status");

    skipped.set(Duration.ofSeconds(31).toNanos());
    assertThat(engine.look().obstacle())
        .contains("VALET_ADSPOWER_URL", app.uri().toString(), "Too many request");
  }

  @Test
  void anAppThatDoesNotRunIsNamed() throws Exception {
    app.close();

    assertThat(engine.look().obstacle()).startsWith("AdsPower does not answer at " + app.uri());
  }

  @Test
  void theKeyIsShown() throws Exception {
    app.key = "k1";
    assertThat(engine.look().obstacle()).isNotNull();

    TestSettings settings =
        TestSettings.in(processes.folders.root()).with("VALET_ADSPOWER_KEY", "k1");
    assertThat(engine(settings).look().obstacle()).isNull();
  }

  @Test
  void callsOfSeveralTasksComeOneAfterTheOther() throws Exception {
    long began = System.nanoTime();
    Thread[] tasks = new Thread[3];
    for (int i = 0; i < tasks.length; i++) {
      BrowserRun run = run("adspower-" + i);
      tasks[i] = Thread.ofPlatform().start(() -> startAndClose(run));
    }
    for (Thread task : tasks) {
      task.join();
    }

    assertThat(app.overlapped).isFalse();
    assertThat(app.calls).hasSize(12);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(GAP.multipliedBy(11));
    assertThat(app.profiles).isEmpty();
  }

  private void startAndClose(BrowserRun run) {
    try {
      engine.start(run).close();
    } catch (EngineFailure | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private BrowserRun run(String name) throws Exception {
    return new BrowserRun(
        processes.folders.create(name),
        new BrowserRun.Proxy(
            "127.0.0.1", 4711, new BrowserRun.Login("task", new Secret("s3cret"))));
  }
}
