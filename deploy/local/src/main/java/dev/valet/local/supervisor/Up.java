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

/** One run of {@code up}, from the first check to the last child's end. */
final class Up {
  private final UpOptions options;
  private final Progress progress;
  private final Supervisor supervisor;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

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
    stopOnSignal();
    try {
      start(folder.get().path());
    } catch (RuntimeException e) {
      supervisor.stop();
      throw e;
    }
    awaitForever();
  }

  private void start(Path data) {
    Memory.requireFor(options.sandboxes());
    Installation installation = Installation.open(data, options.port(), options.agentPort());
    Parts parts = new Parts(installation, options.app().toAbsolutePath().normalize(), http);
    ProcessPart identity = parts.identity();
    ProcessPart ec2 = parts.ec2();
    ProcessPart api = parts.api();
    identity.killLeftover();
    ec2.killLeftover();
    api.killLeftover();
    requireFree(installation.port());

    progress.line("Starting Valet in " + data);
    CompletableFuture<Void> database = supervisor.begin(parts.postgres());
    CompletableFuture<Void> others = supervisor.begin(identity, ec2);
    supervisor.awaitReady(database); // the API waits for the identity provider by itself
    supervisor.awaitReady(others, supervisor.begin(api));

    Demo demo = new Demo(installation, parts.identityServer(), http, progress);
    demo.topUp(options.sandboxes());
    progress.line(demo.welcome(options.data()));
  }

  private static void requireFree(int port) {
    if (!LoopbackPorts.isFree("127.0.0.1", port)) {
      throw new StartException(
          "Port %d is taken by %s: choose another with --port"
              .formatted(port, Listeners.on(port).orElse("another program")));
    }
  }

  /** Signals start the JVM's shutdown; it ends with status 0, because a stop is no failure. */
  private void stopOnSignal() {
    Thread hook =
        new Thread(
            () -> {
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
