package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.GrpcConnection.ActionStream;
import dev.valet.agent.hatchet.LinkCommand.Alarm;
import dev.valet.agent.hatchet.LinkCommand.CloseStream;
import dev.valet.agent.hatchet.LinkCommand.Connect;
import dev.valet.agent.hatchet.LinkCommand.DropConnection;
import dev.valet.agent.hatchet.LinkCommand.Introduce;
import dev.valet.agent.hatchet.LinkCommand.OpenStream;
import dev.valet.agent.hatchet.LinkCommand.Pause;
import dev.valet.agent.hatchet.LinkCommand.StartBeats;
import dev.valet.agent.hatchet.LinkCommand.StopBeats;
import dev.valet.agent.hatchet.LinkPlanner.Plan;
import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.hatchet.wire.HeartbeatRequest;
import dev.valet.agent.platform.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries out what {@link LinkPlanner} decides; on the worker's context throughout. */
final class LinkRunner {
  private static final Logger LOG = Logger.getLogger(LinkRunner.class);

  /** A stream younger than this may not have reached the engine when a heartbeat does. */
  private static final Duration YOUNG = Duration.ofMillis(250);

  private final Vertx vertx;
  private final Clock clock;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Timing timing;
  private final Hooks hooks;
  private final WorkerMeters meters;

  private final Map<Integer, Opened> streams = new HashMap<>();
  private Link link = Link.NONE;
  private @Nullable Endpoint endpoint;
  private @Nullable GrpcConnection connection;
  private @Nullable EngineVersion version;
  private @Nullable Long beatTimer;
  private @Nullable Duration roundTrip;
  private int pauses;
  private int introductions;

  LinkRunner(
      Vertx vertx,
      Clock clock,
      Ticker ticker,
      RandomGenerator random,
      Timing timing,
      Hooks hooks,
      WorkerMeters meters) {
    this.vertx = vertx;
    this.clock = clock;
    this.ticker = ticker;
    this.random = random;
    this.timing = timing;
    this.hooks = hooks;
    this.meters = meters;
  }

  /**
   * How often and how long.
   *
   * @param beat between heartbeats: the engine sends no task to a worker whose last one is over 5 s
   *     old
   * @param beatLimit deadline of one
   * @param streamLife after which a stream is replaced, before a proxy on the way cuts it
   */
  record Timing(Duration beat, Duration beatLimit, Duration streamLife) {
    static final Timing DEFAULT =
        new Timing(Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(150));
  }

  /**
   * Who else has a part in it.
   *
   * @param introduce declares the tasks and registers
   * @param actions takes what the engine assigns to a worker id
   * @param changed is told after every change
   * @param alarm is told that the token is refused
   */
  record Hooks(
      Function<GrpcConnection, Future<Introduction.Registered>> introduce,
      BiConsumer<AssignedAction, String> actions,
      Runnable changed,
      Runnable alarm) {}

  private record Opened(ActionStream stream, GrpcConnection connection, long sinceNanos) {}

  Link link() {
    return link;
  }

  @Nullable GrpcConnection connection() {
    return connection;
  }

  @Nullable EngineVersion version() {
    return version;
  }

  @Nullable Duration roundTrip() {
    return roundTrip;
  }

  /** Age of the current stream; null when there is none. */
  @Nullable Duration streamAge() {
    Opened current = streams.get(link.stream());
    return current == null ? null : Duration.ofNanos(ticker.nanos() - current.sinceNanos());
  }

  /** Another engine or token, or none. */
  void use(@Nullable Endpoint next) {
    Endpoint before = endpoint;
    endpoint = next;
    if (next == null) {
      happened(new LinkEvent.EngineTaken());
    } else if (before == null || !before.isSameEngine(next)) {
      happened(new LinkEvent.EngineGiven());
    } else if (!sameWay(before, next)) {
      happened(new LinkEvent.TokenChanged());
    }
  }

  private static boolean sameWay(Endpoint before, Endpoint next) {
    return before.tls().equals(next.tls())
        && before.token().secret().reveal().equals(next.token().secret().reveal());
  }

  void happened(LinkEvent event) {
    boolean wasConnected = link.isConnected();
    Plan plan = LinkPlanner.plan(link, event);
    link = plan.link();
    plan.commands().forEach(this::carryOut);
    if (wasConnected != link.isConnected()) {
      LOG.infof(
          "task engine: %s", link.isConnected() ? "connected" : "not connected, " + link.trouble());
    }
    hooks.changed().run();
  }

  private void carryOut(LinkCommand command) {
    switch (command) {
      case Connect connect -> connect();
      case DropConnection drop -> dropConnection();
      case Introduce introduce -> introduce();
      case OpenStream open -> openStream(open.serial());
      case CloseStream close -> closeStream(close.serial());
      case StartBeats start -> startBeats();
      case StopBeats stop -> stopBeats();
      case Pause pause -> pause(pause.failures());
      case Alarm alarm -> {
        LOG.errorf("%s", alarm.text());
        hooks.alarm().run();
      }
    }
  }

  private void connect() {
    try {
      connection = GrpcConnection.to(Objects.requireNonNull(endpoint), vertx);
    } catch (UnknownHostException | RuntimeException e) {
      LOG.errorf("cannot prepare the connection to the task engine: %s", e.getMessage());
      connection = null;
    }
  }

  private void dropConnection() {
    GrpcConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  private void introduce() {
    int serial = ++introductions;
    GrpcConnection open = connection;
    Future<Introduction.Registered> made =
        open == null
            ? Future.failedFuture(new RpcFailure(RpcCode.UNAVAILABLE, "no connection"))
            : hooks.introduce().apply(open);
    made.onComplete(done -> {
      if (serial != introductions) {
        return;
      }
      if (done.succeeded()) {
        version = done.result().version();
        happened(new LinkEvent.Introduced(done.result().workerId()));
      } else {
        RpcFailure failure = RpcFailure.of(done.cause());
        happened(new LinkEvent.IntroductionFailed(failure.code(), text(failure)));
      }
    });
  }

  private void openStream(int serial) {
    GrpcConnection open = connection;
    String workerId = link.workerId();
    if (open == null || workerId == null) {
      vertx.runOnContext(later ->
          happened(new LinkEvent.StreamEnded(serial, RpcCode.UNAVAILABLE, "no connection")));
      return;
    }
    ActionStream stream =
        open.listen(
            workerId,
            action -> hooks.actions().accept(action, workerId),
            failure -> streamEnded(serial, failure));
    streams.put(serial, new Opened(stream, open, ticker.nanos()));
    vertx.setTimer(2 * YOUNG.toMillis(), timer -> beatFor(serial));
    long life = timing.streamLife().toMillis();
    vertx.setTimer(
        random.nextLong(life - life / 5, life + life / 5 + 1),
        timer -> happened(new LinkEvent.StreamOld(serial)));
  }

  private void streamEnded(int serial, RpcFailure failure) {
    Opened ended = streams.remove(serial);
    if (ended != null) {
      closeIfOld(ended.connection());
    }
    happened(new LinkEvent.StreamEnded(serial, failure.code(), text(failure)));
  }

  private void closeStream(int serial) {
    Opened opened = streams.remove(serial);
    if (opened != null) {
      opened.stream().close();
      closeIfOld(opened.connection());
    }
  }

  /** A connection that was replaced goes with its last stream. */
  private void closeIfOld(GrpcConnection candidate) {
    boolean used = streams.values().stream().anyMatch(other -> other.connection() == candidate);
    if (candidate != connection && !used) {
      candidate.close();
    }
  }

  private void startBeats() {
    if (beatTimer == null) {
      beat();
      beatTimer = vertx.setPeriodic(timing.beat().toMillis(), timer -> beat());
    }
  }

  private void stopBeats() {
    Long timer = beatTimer;
    if (timer != null) {
      vertx.cancelTimer(timer);
      beatTimer = null;
    }
  }

  /** Soon after a stream was opened, so that nobody waits for the next beat to know it stands. */
  private void beatFor(int serial) {
    if (serial == link.stream() && beatTimer != null) {
      beat();
    }
  }

  private void beat() {
    GrpcConnection open = connection;
    String workerId = link.workerId();
    if (workerId == null) {
      return;
    }
    int streamThen = settledStream();
    if (open == null) {
      happened(new LinkEvent.BeatFailed(streamThen, RpcCode.UNAVAILABLE, "no connection"));
      return;
    }
    long sent = ticker.nanos();
    HeartbeatRequest request =
        HeartbeatRequest.newBuilder()
            .setWorkerId(workerId)
            .setHeartbeatAt(ActionEvents.timestamp(clock.instant()))
            .build();
    open.call(Methods.HEARTBEAT, request, timing.beatLimit())
        .onComplete(done -> {
          if (!workerId.equals(link.workerId())) {
            return; // of a worker that is no more
          }
          Duration took = Duration.ofNanos(ticker.nanos() - sent);
          meters.beat(done.succeeded(), took);
          if (done.succeeded()) {
            roundTrip = took;
            happened(new LinkEvent.BeatAccepted(streamThen));
          } else {
            RpcFailure failure = RpcFailure.of(done.cause());
            happened(new LinkEvent.BeatFailed(streamThen, failure.code(), text(failure)));
          }
        });
  }

  /** The current stream's serial number if the engine must know it by now, else -1. */
  private int settledStream() {
    Duration age = streamAge();
    return age != null && age.compareTo(YOUNG) >= 0 ? link.stream() : -1;
  }

  private void pause(int failures) {
    int serial = ++pauses;
    vertx.setTimer(
        FullJitter.LINK.millis(failures, random),
        timer -> {
          if (serial == pauses) {
            happened(new LinkEvent.PauseOver());
          }
        });
  }

  private static String text(RpcFailure failure) {
    return String.valueOf(failure.getMessage());
  }
}
