package dev.valet.agent;

import dev.valet.agent.control.ControlRoute;
import dev.valet.agent.desktop.Desktop;
import dev.valet.agent.desktop.VncRoute;
import dev.valet.agent.engine.Engines;
import dev.valet.agent.hatchet.HatchetWorker;
import dev.valet.agent.health.HealthServer;
import dev.valet.agent.health.SampleLoop;
import dev.valet.agent.identity.Enrolment;
import dev.valet.agent.identity.Imds;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.lifecycle.LifecycleState;
import dev.valet.agent.lifecycle.LifecycleState.Paused;
import dev.valet.agent.lifecycle.LifecycleState.Ready;
import dev.valet.agent.platform.BindHost;
import dev.valet.agent.platform.ExitCode;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.common.agent.AgentConfig;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The order of things: the health server first, then everything else; on the way out reversed. */
@Singleton
@Unremovable
public final class Agent implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger(Agent.class);

  /** IMDS is there before the first process of an instance; if not, then within moments. */
  private static final int IMDS_TRIES = 4;

  private static final long IMDS_PAUSE_MILLIS = 500;

  private final Vertx vertx;
  private final Settings settings;
  private final ProcessFacts process;
  private final Imds imds;
  private final HealthServer server;
  private final ControlRoute control;
  private final CommandWiring commands;
  private final NoticeWatch notices;
  private final DeadManSwitch deadMan;
  private final SampleLoop samples;
  private final Enrolment enrolment;
  private final Lifecycle lifecycle;
  private final Instance<HatchetWorker> workers;
  private final Instance<VncRoute> bridges;
  private final Desktop desktop;
  private final Instance<Engines> engines;

  /** Made once the health server answers: its libraries take their time to load. */
  private volatile @Nullable HatchetWorker worker;

  private volatile @Nullable VncRoute bridge;

  private volatile int exitCode = ExitCode.OK;

  Agent(
      Vertx vertx,
      Settings settings,
      ProcessFacts process,
      Imds imds,
      HealthServer server,
      ControlRoute control,
      CommandWiring commands,
      NoticeWatch notices,
      DeadManSwitch deadMan,
      SampleLoop samples,
      Enrolment enrolment,
      Lifecycle lifecycle,
      Instance<HatchetWorker> workers,
      Instance<VncRoute> bridges,
      Desktop desktop,
      Instance<Engines> engines) {
    this.vertx = vertx;
    this.settings = settings;
    this.process = process;
    this.imds = imds;
    this.server = server;
    this.control = control;
    this.commands = commands;
    this.notices = notices;
    this.deadMan = deadMan;
    this.samples = samples;
    this.enrolment = enrolment;
    this.lifecycle = lifecycle;
    this.workers = workers;
    this.bridges = bridges;
    this.desktop = desktop;
    this.engines = engines;
  }

  @Override
  public int run(String... args) {
    TerminationSignals.handle(() -> shutDown(settings.drainGrace()));
    var _ = bindAddress().compose(this::listen).onSuccess(this::begin).onFailure(this::giveUp);
    Quarkus.waitForExit();
    return exitCode;
  }

  private Future<String> bindAddress() {
    return switch (settings.healthHost()) {
      case BindHost.Literal literal -> Future.succeededFuture(literal.address());
      case BindHost.Auto auto ->
          persistently(imds::localIpv4, IMDS_TRIES)
              .recover(failure -> Future.failedFuture("HEALTH_HOST=auto: " + failure.getMessage()));
    };
  }

  private <T> Future<T> persistently(Supplier<Future<T>> call, int tries) {
    return call.get()
        .recover(failure ->
            tries <= 1
                ? Future.failedFuture(failure)
                : vertx.timer(IMDS_PAUSE_MILLIS).compose(tick -> persistently(call, tries - 1)));
  }

  private Future<String> listen(String address) {
    return server
        .listen(address, settings.healthPort())
        .map(listening -> address)
        .recover(failure ->
            Future.failedFuture(
                "cannot listen on %s port %d (HEALTH_HOST, HEALTH_PORT): %s"
                    .formatted(address, settings.healthPort(), failure.getMessage())));
  }

  private void begin(String address) {
    LOG.infof(
        "valet-agent %s for sandbox %s, boot %s, answers on %s port %d",
        process.version(), settings.sandboxId(), process.bootId(), address, settings.healthPort());
    if (settings.sendsSecretsInClear()) {
      LOG.warnf("%s is not encrypted: anybody on the way reads the credential", settings.apiUrl());
    }
    server.add(control);
    samples.start();
    enrolment.start();
    notices.start(this::shutDown);
    deadMan.start(() -> shutDown(settings.drainGrace()));
    // A thread that belongs to no event loop, so that the worker gets one of its own.
    Thread.ofPlatform().name("valet-worker-start").start(this::prepareWorker);
  }

  private void giveUp(Throwable failure) {
    System.err.println("valet-agent: " + failure.getMessage());
    exitCode = ExitCode.UNAVAILABLE;
    Quarkus.asyncExit(ExitCode.UNAVAILABLE);
  }

  private void prepareWorker() {
    try {
      desktop.start();
      VncRoute opened = bridges.get();
      server.add(opened);
      bridge = opened;
      HatchetWorker made = workers.get();
      made.onTokenRefused(enrolment::refreshSoon);
      worker = made;
      commands.worker(made);
      commands.engines(name ->
          engines.get().restart(name) ? Optional.of(Future.succeededFuture()) : Optional.empty());
      lifecycle.onChange(state -> work(made, state));
      work(made, lifecycle.current());
      var _ = persistently(imds::placement, IMDS_TRIES).onSuccess(made::placed);
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  private void work(HatchetWorker worker, LifecycleState state) {
    switch (state) {
      case Ready ready -> work(worker, ready.config(), false);
      case Paused paused -> work(worker, paused.config(), true);
      default -> {}
    }
  }

  /** The engines first: they decide on what the worker offers. */
  private void work(HatchetWorker worker, AgentConfig config, boolean paused) {
    engines.get().use(config.engines(), config.capacity());
    worker.pause(paused);
    worker.configure(config);
  }

  /** The health server answers until the process is gone; nothing here closes it. */
  private void shutDown(Duration grace) {
    if (!lifecycle.drain()) {
      Quarkus.asyncExit(ExitCode.OK); // asked twice: whoever asks is in a hurry
      return;
    }
    enrolment.stop();
    HatchetWorker working = worker;
    if (working == null) {
      end();
    } else {
      working.drain(grace).onComplete(done -> end());
    }
  }

  /** On a thread of its own, since browsers take a moment to end. */
  private void end() {
    Thread.ofPlatform().name("valet-end").start(this::endAll);
  }

  private void endAll() {
    if (worker != null) {
      engines.get().close();
    }
    VncRoute opened = bridge;
    if (opened != null) {
      opened.close();
    }
    desktop.stop();
    lifecycle.stop();
    Quarkus.asyncExit(ExitCode.OK);
  }
}
