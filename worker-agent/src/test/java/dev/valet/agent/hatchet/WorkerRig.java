package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.hatchet.HatchetWorker.Surroundings;
import dev.valet.agent.hatchet.LinkRunner.Timing;
import dev.valet.agent.task.TaskCatalogue;
import dev.valet.agent.task.TaskDefinition;
import dev.valet.agent.task.TaskHandler;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.task.WorkFacts;
import dev.valet.agent.testing.TestSettings;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import dev.valet.common.health.HatchetState;
import dev.valet.local.host.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A worker in this JVM, with handlers that a test wrote. */
final class WorkerRig implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  final WorkBoard board = new WorkBoard();
  final MeterRegistry meters = new SimpleMeterRegistry();
  final HatchetWorker worker;
  private final Vertx vertx = Vertx.vertx();
  private volatile TaskCatalogue catalogue = TaskCatalogue.EMPTY;
  private String token;
  private int port;
  private int capacity = 5;
  private List<String> engines = List.of("chromium");

  WorkerRig(Path stateDir, String token, int port) {
    this(stateDir, token, port, Timing.DEFAULT);
  }

  WorkerRig(Path stateDir, String token, int port, Timing timing) {
    this(stateDir, token, port, timing, Map.of());
  }

  WorkerRig(Path stateDir, String token, int port, Timing timing, Map<String, String> environment) {
    this.token = token;
    this.port = port;
    worker =
        new HatchetWorker(
            vertx,
            TestSettings.in(stateDir).settings(),
            TestSettings.process(Duration.ofSeconds(1)),
            new Surroundings(
                environment, Clock.systemUTC(), System::nanoTime, new Random(7), timing, meters),
            () -> catalogue,
            board);
  }

  WorkerRig capacity(int slots) {
    capacity = slots;
    return this;
  }

  WorkerRig task(String name, TaskHandler handler) {
    return task(name, Duration.ofSeconds(60), 0, handler);
  }

  WorkerRig task(String name, Duration timeout, int retries, TaskHandler handler) {
    catalogue = catalogue.plus(new TaskDefinition(name, timeout, retries, 1, handler));
    return this;
  }

  WorkerRig token(String other) {
    token = other;
    return configure();
  }

  WorkerRig forget(String name) {
    Map<String, TaskDefinition> rest = new HashMap<>(catalogue.definitions());
    rest.remove(name);
    catalogue = new TaskCatalogue(rest, List.of());
    return this;
  }

  WorkerRig engines(String... names) {
    engines = List.of(names);
    return this;
  }

  WorkerRig port(int other) {
    port = other;
    return this;
  }

  WorkerRig configure() {
    worker.configure(
        new AgentConfig(
            TestSettings.SANDBOX,
            capacity,
            engines,
            "a2V5",
            new HatchetConnection(
                token, "127.0.0.1:" + port, null, TlsStrategy.NONE, Map.of("environment", "dev")),
            null));
    return this;
  }

  WorkerRig connected() {
    configure();
    return await(HatchetState.CONNECTED, Duration.ofSeconds(20));
  }

  WorkerRig await(HatchetState state, Duration limit) {
    return await(facts -> facts.engine().state() == state, limit);
  }

  WorkerRig await(Predicate<WorkFacts> wanted, Duration limit) {
    Waiting.until(limit, POLL, () -> wanted.test(facts()));
    assertThat(facts()).matches(wanted);
    return this;
  }

  WorkFacts facts() {
    return board.facts();
  }

  String workerId() {
    return facts().engine().workerId();
  }

  void drain(Duration grace) throws Exception {
    worker.drain(grace).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** As if the process were killed: nothing is said to anybody. */
  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
