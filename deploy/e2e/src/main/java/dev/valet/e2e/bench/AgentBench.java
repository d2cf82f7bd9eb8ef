package dev.valet.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.local.hatchet.GoToolchain;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.Waiting;
import dev.valet.local.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Measures the agent as it ships, beside a worker of Hatchet's own Go SDK on the same engine in the
 * same run: what it takes, how fast it starts, how fast tasks reach their handler, how many it
 * does, and whether reconnecting makes it grow. Uses loopback only and leaves nothing behind.
 */
final class AgentBench {
  private static final int SLOTS = 10;
  private static final int STARTS = 5;
  private static final int SAMPLES = 100;
  private static final int TASKS = 2_000;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration RECONNECT = Duration.ofSeconds(20);

  /** Then the engine gives a worker that has ended no task any more. */
  private static final Duration GONE = Duration.ofSeconds(10);

  private static final int CLIENTS = 16;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LATE = Duration.ofMinutes(20);
  private static final double MILLIS = 1e6;

  private final Path app;
  private final Path folder;
  private final GoToolchain go;
  private final EngineUnderTest engine;
  private int homes;

  private AgentBench(Path app, Path folder, GoToolchain go, EngineUnderTest engine) {
    this.app = app;
    this.folder = folder;
    this.go = go;
    this.engine = engine;
  }

  /** A part of the measurements. */
  private interface Part {
    void measure(AgentBench bench) throws Exception;
  }

  /**
   * What it takes, how it starts, and how soon it begins a task.
   *
   * @param root the checkout's folder, with everything built
   */
  static void agent(String root) throws Exception {
    run(
        root,
        bench -> {
          bench.starts();
          bench.idle();
          bench.assignment();
        });
  }

  /** How many tasks it does, and that none is lost or done twice. */
  static void throughput(String root) throws Exception {
    run(root, AgentBench::throughput);
  }

  /** Whether reconnecting makes it grow; goes on for so many minutes. */
  static void reconnects(String root, int minutes) throws Exception {
    run(root, bench -> bench.reconnects(minutes));
  }

  private static void run(String root, Part part) throws Exception {
    GoToolchain go =
        GoToolchain.find().orElseThrow(() -> new IllegalStateException("Go 1.26 is missing"));
    Path folder = Files.createTempDirectory("valet-bench-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> PrivateFiles.deleteTree(folder)));
    Path app = Path.of(root, "worker-agent/target/quarkus-app");
    try (PostgresServer postgres = PostgresServer.startTemporary()) {
      part.measure(new AgentBench(app, folder, go, EngineUnderTest.start(go, postgres, folder)));
    }
  }

  private AgentUnderTest agent(MadeUpApi api) {
    return AgentUnderTest.start(app, folder.resolve("agent-" + ++homes), api);
  }

  private MadeUpApi api() throws IOException {
    return new MadeUpApi(engine, engine.grpcPort(), SLOTS);
  }

  private SdkWorker sdk() {
    SdkWorker worker = SdkWorker.start(go, engine, folder.resolve("sdk"), SLOTS);
    if (!Waiting.until(SOON, Duration.ofMillis(50), () -> engine.does(SdkWorker.TASK))) {
      throw new IllegalStateException("the SDK's worker does no task");
    }
    return worker;
  }

  private void starts() throws IOException {
    long[] answers = new long[STARTS];
    long[] connected = new long[STARTS];
    for (int i = 0; i < STARTS; i++) {
      try (MadeUpApi api = api();
          AgentUnderTest agent = agent(api)) {
        answers[i] = agent.awaitHealth("\"status\"").toNanos();
        connected[i] = agent.awaitHealth("\"state\":\"connected\"").toNanos();
      }
    }
    ListBench.say("%nStarts of the agent, ms; load %s", ListBench.load());
    ListBench.say("first answer of /health: %s", millis(answers));
    ListBench.say("connected to the engine: %s", millis(connected));
  }

  private static String millis(long[] nanos) {
    return Arrays.stream(nanos)
        .mapToObj(time -> "%.0f".formatted(time / MILLIS))
        .toList()
        .toString();
  }

  private void idle() throws IOException {
    try (MadeUpApi api = api();
        AgentUnderTest agent = agent(api).connected();
        SdkWorker sdk = sdk()) {
      warm(AgentUnderTest.TASK);
      warm(SdkWorker.TASK);
      Footprint agentBefore = Footprint.of(agent.process());
      Footprint sdkBefore = Footprint.of(sdk.process());
      rest(IDLE);
      ListBench.say("%nIdle, connected, %d s; load %s", IDLE.toSeconds(), ListBench.load());
      ListBench.say("| worker | resident MiB | threads | CPU ms per s |");
      ListBench.say("|---|--:|--:|--:|");
      tell("agent", agentBefore, Footprint.of(agent.process()));
      tell("Go SDK", sdkBefore, Footprint.of(sdk.process()));
    }
  }

  private static void tell(String name, Footprint before, Footprint now) {
    ListBench.say(
        "| %s | %.0f | %d | %.1f |",
        name,
        now.residentMib(),
        now.threads(),
        (double) now.cpu().minus(before.cpu()).toMillis() / IDLE.toSeconds());
  }

  private void warm(String task) {
    engine.completed(engine.trigger(task), SOON);
  }

  /** By turns, so that both meet the engine in the same mood. */
  private void assignment() throws IOException {
    List<JsonNode> ours = new ArrayList<>();
    List<JsonNode> theirs = new ArrayList<>();
    try (MadeUpApi api = api();
        AgentUnderTest agent = agent(api).connected();
        SdkWorker sdk = sdk()) {
      for (int i = 0; i < SLOTS; i++) {
        warm(AgentUnderTest.TASK);
        warm(SdkWorker.TASK);
      }
      for (int i = 0; i < SAMPLES; i++) {
        ours.add(engine.completed(engine.trigger(AgentUnderTest.TASK), SOON));
        theirs.add(engine.completed(engine.trigger(SdkWorker.TASK), SOON));
      }
      ListBench.say(
          "%nAssignment to start of the handler, %d tasks each, ms; load %s",
          SAMPLES, ListBench.load());
      ListBench.say("| worker | p50 | p99 | max |%n|---|--:|--:|--:|");
      ListBench.say("| agent | %s |", delays(ours).cells());
      ListBench.say("| Go SDK | %s |", delays(theirs).cells());
    }
  }

  private Latencies delays(List<JsonNode> done) {
    return Latencies.of(
        done.stream()
            .mapToLong(task -> Duration.between(engine.assignedAt(task), startedAt(task)).toNanos())
            .toArray());
  }

  private static Instant startedAt(JsonNode done) {
    return Instant.parse(done.path("output").path("startedAt").asText());
  }

  private void throughput() throws IOException {
    ListBench.say(
        "%n%,d tasks that wait already, %d slots; load %s", TASKS, SLOTS, ListBench.load());
    ListBench.say("| worker | tasks per s | CPU ms per task | done | more than once |");
    ListBench.say("|---|--:|--:|--:|--:|");
    try (SdkWorker declares = sdk()) {
      warm(SdkWorker.TASK);
    }
    List<String> runs = queue(SdkWorker.TASK);
    try (SdkWorker sdk = SdkWorker.start(go, engine, folder.resolve("sdk"), SLOTS)) {
      tell("Go SDK", finish(runs), sdk.process());
    }
    try (MadeUpApi api = api();
        AgentUnderTest declares = agent(api).connected()) {
      warm(AgentUnderTest.TASK);
    }
    runs = queue(AgentUnderTest.TASK);
    try (MadeUpApi api = api();
        AgentUnderTest agent = agent(api).connected()) {
      tell("agent", finish(runs), agent.process());
      ListBench.say(
          "the agent counted %.0f completed attempts",
          agent.metric(
              "valet_agent_tasks_seconds_count{outcome=\"completed\",task=\"valet-check\"}"));
    }
  }

  private List<String> queue(String task) {
    rest(GONE);
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<String>> asked =
          IntStream.range(0, TASKS)
              .mapToObj(number -> clients.submit(() -> engine.trigger(task)))
              .toList();
      clients.shutdown();
      Waiting.until(LATE, POLL, () -> asked.stream().allMatch(Future::isDone));
      return asked.stream().map(Future::resultNow).toList();
    }
  }

  private record Finished(double perSecond, int done, int repeated) {}

  private Finished finish(List<String> runs) {
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    int repeated = 0;
    for (String run : runs) {
      JsonNode done = engine.completed(run, LATE);
      Instant at = startedAt(done);
      first = at.isBefore(first) ? at : first;
      last = at.isAfter(last) ? at : last;
      repeated += done.path("retryCount").asInt() > 0 ? 1 : 0;
    }
    double seconds = Duration.between(first, last).toMillis() / 1_000.0;
    return new Finished(runs.size() / seconds, runs.size(), repeated);
  }

  private static void tell(String name, Finished finished, Process process) {
    ListBench.say(
        "| %s | %.1f | %.2f | %d | %d |",
        name,
        finished.perSecond(),
        (double) Footprint.of(process).cpu().toMillis() / finished.done(),
        finished.done(),
        finished.repeated());
  }

  private void reconnects(int minutes) throws Exception {
    ListBench.say(
        "%nA reconnect every %d s for %d min; load %s",
        RECONNECT.toSeconds(), minutes, ListBench.load());
    ListBench.say("| minute | resident MiB | threads | open files | reconnects |");
    ListBench.say("|--:|--:|--:|--:|--:|");
    try (Relay relay = new Relay(engine.grpcPort());
        MadeUpApi api = new MadeUpApi(engine, relay.port(), SLOTS);
        AgentUnderTest agent = agent(api).connected()) {
      int cuts = (int) Duration.ofMinutes(minutes).dividedBy(RECONNECT);
      for (int i = 0; i <= cuts; i++) {
        if (i % Duration.ofMinutes(1).dividedBy(RECONNECT) == 0) {
          Footprint now = Footprint.of(agent.process());
          ListBench.say(
              "| %d | %.0f | %d | %d | %.0f |",
              i * RECONNECT.toSeconds() / 60,
              now.residentMib(),
              now.threads(),
              now.files(),
              agent.metric("valet_agent_hatchet_reconnects_total"));
        }
        rest(RECONNECT.dividedBy(2));
        warm(AgentUnderTest.TASK);
        rest(RECONNECT.dividedBy(2));
        relay.cut();
      }
    }
  }

  private static void rest(Duration time) {
    Waiting.until(time, time, () -> false);
  }
}
