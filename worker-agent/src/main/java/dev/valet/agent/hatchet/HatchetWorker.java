package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.LinkRunner.Hooks;
import dev.valet.agent.hatchet.LinkRunner.Timing;
import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.hatchet.wire.RefreshTimeoutRequest;
import dev.valet.agent.hatchet.wire.StepActionEvent;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.platform.time.Ticker;
import dev.valet.agent.task.TaskAttempt.LogLevel;
import dev.valet.agent.task.TaskCatalogue;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.task.command.CommandFolder;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The agent as a worker of a Hatchet engine. It connects when it is configured, and from then on
 * never gives up.
 */
@Singleton
public final class HatchetWorker {
  private static final Logger LOG = Logger.getLogger(HatchetWorker.class);
  private static final Duration CATALOGUE_PERIOD = Duration.ofSeconds(2);
  private static final Duration EVENT_LIMIT = Duration.ofSeconds(10);

  private final Settings settings;
  private final ProcessFacts process;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Callable<TaskCatalogue> folder;
  private final Context context;

  private final LinkRunner runner;
  private final AttemptDesk desk;
  private final ResultDelivery results;
  private final LogDelivery logs;
  private final RestApi rest;
  private final Drain drain;
  private final TaskFlow flow;
  private final FactSheet facts;
  private final WorkerLabels labels = new WorkerLabels();

  private TaskCatalogue catalogue = TaskCatalogue.EMPTY;
  private @Nullable AgentConfig config;
  private volatile @Nullable Endpoint endpoint;
  private boolean reintroducing;
  private boolean started;
  private volatile Runnable onTokenRefused = () -> {};

  @Inject
  HatchetWorker(
      Vertx vertx,
      Settings settings,
      ProcessFacts process,
      Clock clock,
      Ticker ticker,
      RandomGenerator random,
      CommandFolder folder,
      WorkBoard board,
      MeterRegistry meters) {
    this(
        vertx,
        settings,
        process,
        new Surroundings(System.getenv(), clock, ticker, random, Timing.DEFAULT, meters),
        folder::read,
        board);
  }

  /** What differs between a real worker and one in a test. */
  record Surroundings(
      Map<String, String> environment,
      Clock clock,
      Ticker ticker,
      RandomGenerator random,
      Timing timing,
      MeterRegistry meters) {}

  HatchetWorker(
      Vertx vertx,
      Settings settings,
      ProcessFacts process,
      Surroundings around,
      Callable<TaskCatalogue> folder,
      WorkBoard board) {
    this.settings = settings;
    this.process = process;
    this.environment = around.environment();
    this.clock = around.clock();
    this.folder = folder;
    this.context = vertx.getOrCreateContext();
    WorkerMeters meters = new WorkerMeters(around.meters(), board);
    this.runner =
        new LinkRunner(
            vertx,
            clock,
            around.ticker(),
            around.random(),
            around.timing(),
            new Hooks(this::introduce, this::assigned, this::changed, () -> onTokenRefused.run()),
            meters);
    ResultStore store = new ResultStore(settings.stateDir().resolve("hatchet/results"));
    this.results = new ResultDelivery(context, vertx, store, runner::connection, around.random());
    this.logs = new LogDelivery(context, runner::connection, clock);
    this.desk =
        new AttemptDesk(
            context,
            results,
            new AttemptServices(),
            this::tellStarted,
            clock,
            around.ticker(),
            meters);
    this.rest = new RestApi(vertx);
    this.drain = new Drain(vertx, runner, desk, results, logs, rest);
    this.flow = new TaskFlow(rest, runner);
    this.facts = new FactSheet(runner, desk, results, around.ticker(), board);
    desk.onChange(this::changed);
    results.onChange(this::changed);
    board.source(facts::now);
    vertx.setPeriodic(LogDelivery.PERIOD.toMillis(), timer -> onContext(logs::tick));
    vertx.setPeriodic(CATALOGUE_PERIOD.toMillis(), timer -> onContext(this::lookAtCatalogue));
    context.executeBlocking(store::left, true).onSuccess(results::resume);
  }

  private void onContext(Runnable work) {
    context.runOnContext(now -> work.run());
  }

  /** Called, on any thread, when the engine refuses the token. */
  public void onTokenRefused(Runnable listener) {
    onTokenRefused = listener;
  }

  /** Says, on any thread, where the sandbox is; for tasks to choose by. */
  public void placed(Map<String, String> where) {
    onContext(() -> {
      labels.placed(where);
      changed();
    });
  }

  /** Works as the API says from now on; may be called again with whatever changed. */
  public void configure(AgentConfig told) {
    context
        .executeBlocking(folder, true)
        .onSuccess(read -> {
          catalogue = read;
          config = told;
          started = true;
          useConfig(told);
        })
        .onFailure(e -> LOG.errorf("cannot read the tasks: %s", e.getMessage()));
  }

  private void useConfig(AgentConfig told) {
    HatchetConnection engine = told.hatchet();
    try {
      endpoint = engine == null ? null : Endpoint.of(engine, environment);
      facts.misconfigured(null);
    } catch (IllegalArgumentException e) {
      LOG.errorf("the task engine's settings cannot be used: %s", e.getMessage());
      endpoint = null;
      facts.misconfigured(e.getMessage());
    }
    labels.use(told);
    desk.use(catalogue, names(), told.capacity());
    runner.use(endpoint);
    changed();
  }

  private Names names() {
    Endpoint current = endpoint;
    return new Names(current == null ? "" : current.prefix());
  }

  private Future<Introduction.Registered> introduce(GrpcConnection connection) {
    facts.refused(catalogue.refused());
    return new Introduction(connection, names(), self()).make(catalogue);
  }

  private Introduction.Self self() {
    AgentConfig current = config;
    return new Introduction.Self(
        "valet-" + settings.sandboxId(),
        process.version(),
        current == null ? settings.capacity() : current.capacity(),
        labels.introduce());
  }

  private void assigned(AssignedAction action, String workerId) {
    facts.assignedAt(clock.instant());
    desk.take(action, workerId);
  }

  /** Feeds the engine's history only; nothing hangs on it. */
  private void tellStarted(StepActionEvent event) {
    GrpcConnection open = runner.connection();
    if (open != null) {
      open.call(Methods.SEND_EVENT, event, EVENT_LIMIT)
          .onFailure(e -> LOG.debugf("start not told: %s", e.getMessage()));
    }
  }

  private boolean wasConnected;

  private void changed() {
    boolean connected = runner.link().isConnected();
    if (connected && !wasConnected) {
      results.hurry();
    }
    wasConnected = connected;
    flow.keepUp(endpoint);
    if (connected) {
      labels.tell(runner.connection(), runner.link().workerId());
    }
    facts.draw();
  }

  private void lookAtCatalogue() {
    if (started && !facts.isDraining()) {
      context.executeBlocking(folder, true).onSuccess(this::useCatalogue);
    }
  }

  private void useCatalogue(TaskCatalogue fresh) {
    AgentConfig current = config;
    if (fresh != catalogue && current != null) {
      LOG.infof("tasks changed: %d declared", fresh.definitions().size());
      catalogue = fresh;
      facts.refused(fresh.refused());
      desk.use(fresh, names(), current.capacity());
      reintroducing = true;
      pauseQuietly();
    }
    if (reintroducing && desk.isIdle()) {
      reintroducing = false;
      runner.happened(new LinkEvent.CatalogueChanged());
    }
  }

  /** A worker's actions are fixed at its registration, so this one is followed by another. */
  private void pauseQuietly() {
    Endpoint current = endpoint;
    String workerId = runner.link().workerId();
    if (current != null && workerId != null) {
      rest.pause(current, workerId, true)
          .onFailure(e -> LOG.debugf("not paused before registering anew: %s", e.getMessage()));
    }
  }

  /**
   * Takes no new tasks, or takes them again. Heartbeats and stream go on, and so does what runs.
   * The engine is told as soon as it can be.
   */
  public void pause(boolean paused) {
    onContext(() -> {
      flow.pause(paused);
      facts.draining(paused);
      changed();
    });
  }

  /** Opens another connection and stream, and closes the old ones when they stand. */
  public void restartStream() {
    onContext(() -> runner.happened(new LinkEvent.RenewalAsked()));
  }

  /** Where the engine answers and how; empty when there is none that can be used. */
  public Optional<EngineAddress> engine() {
    Endpoint current = endpoint;
    return Optional.ofNullable(current)
        .map(known ->
            new EngineAddress(
                known.host(),
                known.port(),
                known.tls().strategy() != TlsStrategy.NONE,
                known.token().expiresAt()));
  }

  /**
   * Ends the work in good order.
   *
   * @param grace how long running tasks may go on
   * @return completes, never fails, when it is done
   */
  public Future<Void> drain(Duration grace) {
    Promise<Void> done = Promise.promise();
    onContext(() -> {
      facts.ending();
      drain.run(endpoint, grace).onComplete(done);
    });
    return done.future();
  }

  private final class AttemptServices implements Attempt.Services {
    @Override
    public void log(AttemptKey key, LogLevel level, String line) {
      logs.add(key, level, line);
    }

    @Override
    public void extend(AttemptKey key, Duration more) {
      RefreshTimeoutRequest request =
          RefreshTimeoutRequest.newBuilder()
              .setTaskRunExternalId(key.taskRunId())
              .setIncrementTimeoutBy(more.toMillis() + "ms")
              .build();
      onContext(() -> {
        GrpcConnection open = runner.connection();
        if (open != null) {
          open.call(Methods.REFRESH_TIMEOUT, request, EVENT_LIMIT)
              .onFailure(e -> LOG.warnf("no more time for %s: %s", key, e.getMessage()));
        }
      });
    }
  }
}
