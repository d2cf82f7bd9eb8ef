package dev.valet.agent.netguard;

import dev.valet.agent.platform.Awaiting;
import dev.valet.agent.platform.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Opens a proxy for each task, on a loopback port of its own. They share the rules of {@link
 * AddressPolicy}, and threads for what blocks.
 */
@Singleton
public final class CheckingProxy {
  private static final int THREADS = 4;
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final AddressPolicy policy;
  private final Names names;
  private final WorkerExecutor blocking;

  @Inject
  CheckingProxy(Vertx vertx, Settings settings) {
    this(
        vertx,
        AddressPolicy.of(settings.browsers()),
        name -> List.of(InetAddress.getAllByName(name)));
  }

  CheckingProxy(Vertx vertx, AddressPolicy policy, Names names) {
    this.vertx = vertx;
    this.policy = policy;
    this.names = names;
    // Apart from the pool that samples the machine: a slow name server must not look like a hang.
    this.blocking = vertx.createSharedWorkerExecutor("valet-netguard", THREADS);
  }

  /**
   * Opens one.
   *
   * @param gate who may use it
   */
  public TaskProxy open(Gate gate) throws IOException, InterruptedException {
    TaskProxy proxy = new TaskProxy(vertx, new Route(policy, names, blocking), gate, blocking);
    return Awaiting.result(proxy.listen(), OPEN_LIMIT, "opening the checking proxy");
  }
}
