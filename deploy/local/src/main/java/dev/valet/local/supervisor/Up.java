package dev.valet.local.supervisor;

import dev.valet.local.host.Listeners;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.StartException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run of {@code up}, from the first check to the last child's end. */
final class Up {
  private final UpOptions options;
  private final Progress progress;
  private final Supervisor supervisor;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /** Referred to until the end: a lock that nobody refers to is given up. */
  private final AtomicReference<@Nullable DataFolder> held = new AtomicReference<>();

  /** A start that fails because of a signal is no failure. */
  private final AtomicBoolean signalled = new AtomicBoolean();

  Up(UpOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.supervisor = new Supervisor(progress);
  }

  /**
   * Runs until a signal comes, unless another run holds the data folder.
   *
   * @throws StartException if it cannot run; everything is stopped by then
   */
  void run() {
    Optional<DataFolder> folder = DataFolder.take(options.data());
    if (folder.isEmpty()) {
      int port = Installation.knownPort(options.data());
      progress.line(
          "Valet is running already on " + options.data() + ": " + Installation.url(port));
      return;
    }
    held.set(folder.get());
    stopOnSignal();
    try {
      start(folder.get().path());
    } catch (RuntimeException e) {
      if (!signalled.get()) {
        supervisor.stop();
        throw e;
      }
    }
    awaitForever();
  }

  private void start(Path data) {
    HatchetChoice hatchet =
        HatchetChoice.of(options.hatchet(), data.resolve("hatchet"), System.getenv());
    Memory.requireFor(options.sandboxes(), hatchet.kind() == HatchetChoice.Kind.OWN);
    Leftovers.kill(data.resolve("run"));
    Installation installation = Installation.open(data, options.port(), options.agentPort());
    Parts parts =
        new Parts(installation, options.app().toAbsolutePath().normalize(), hatchet, http);
    requireFree(installation.port(), "choose another with --port");
    requireFree(
        parts.identityServer().port(),
        "stop that, for the identity provider of this data folder always had this port");

    hatchet.placeToken();
    progress.line("Starting Valet in " + data);
    CompletableFuture<Void> database = supervisor.begin(parts.postgres());
    CompletableFuture<Void> others = supervisor.begin(parts.identity(), parts.ec2());
    supervisor.awaitReady(database); // the API waits for the identity provider by itself
    new HatchetStart(hatchet, parts, supervisor, progress).begin();
    supervisor.awaitReady(others, supervisor.begin(parts.api()));

    Demo demo = new Demo(installation, parts.identityServer(), http, progress);
    try {
      demo.topUp(options.sandboxes());
    } catch (StartException e) { // the rest is of use without them
      progress.say("No demo sandboxes: %s", String.valueOf(e.getMessage()));
    }
    progress.line(demo.welcome(options.data()));
  }

  private static void requireFree(int port, String remedy) {
    if (!LoopbackPorts.isFree("127.0.0.1", port)) {
      throw new StartException(
          "Port %d is taken by %s: %s"
              .formatted(port, Listeners.on(port).orElse("another program"), remedy));
    }
  }

  /** Signals start the JVM's shutdown; it ends with status 0, because a stop is no failure. */
  private void stopOnSignal() {
    Thread hook =
        new Thread(
            () -> {
              signalled.set(true);
              progress.line("Stopping Valet ...");
              supervisor.stop();
              progress.line("Stopped.");
              Runtime.getRuntime().halt(0);
            },
            "valet-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
