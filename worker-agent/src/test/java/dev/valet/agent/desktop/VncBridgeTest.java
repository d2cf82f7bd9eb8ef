package dev.valet.agent.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.testing.TestSettings;
import dev.valet.agent.testing.TestSigner;
import dev.valet.agent.trust.TestGuard;
import dev.valet.common.agent.RequestToken;
import dev.valet.common.agent.VncClose;
import dev.valet.common.agent.VncMode;
import dev.valet.local.desktop.RfbClient;
import dev.valet.local.desktop.XPointer;
import dev.valet.local.host.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VncBridgeTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final VncLimits PATIENT =
      new VncLimits(3, Duration.ofMillis(50), NEVER, NEVER, NEVER, NEVER);

  @TempDir Path stateDir;
  private final Vertx vertx = Vertx.vertx();
  private final TestSigner api = new TestSigner();
  private final AtomicLong nanos = new AtomicLong();
  private VncRoute route;
  private int port;

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aViewerShakesHandsAndSeesTheScreen() throws Exception {
    try (RealDesktop real = RealDesktop.start(stateDir)) {
      listen(real.desktop::door, PATIENT);
      try (RfbClient viewer = open(VncMode.VIEW, "binary").shakeHands()) {
        assertThat(viewer.subprotocol()).isEqualTo("binary");
        assertThat(viewer.frame()).isEqualTo(1280 * 800);
      }
      try (RfbClient viewer = open(VncMode.VIEW)) {
        assertThat(viewer.subprotocol()).isEmpty();
      }
      try (RfbClient viewer = open(VncMode.VIEW, "chat")) {
        assertThat(viewer.subprotocol()).isEmpty();
      }
    }
  }

  @Test
  void onlyControlMovesThePointer() throws Exception {
    try (RealDesktop real = RealDesktop.start(stateDir)) {
      listen(real.desktop::door, PATIENT);
      Display display = real.desktop.display().orElseThrow();
      try (RfbClient control = open(VncMode.CONTROL, "binary").shakeHands();
          RfbClient view = open(VncMode.VIEW, "binary").shakeHands()) {
        control.frame();
        control.point(100, 120);
        awaitPointer(display, 100, 120);

        view.point(300, 310);
        assertThat(view.frame()).as("what was asked after the pointer's move").isPositive();
        assertThat(pointer(display)).isEqualTo(new XPointer.Place(100, 120));

        control.point(7, 9);
        awaitPointer(display, 7, 9);
      }
    }
  }

  @Test
  void aVncServerThatEndsIsStartedAgainAndItsViewersAreTold() throws Exception {
    try (RealDesktop real = RealDesktop.start(stateDir)) {
      listen(real.desktop::door, PATIENT);
      Optional<Display> display = real.desktop.display();
      VncDoor before = real.desktop.door().orElseThrow();
      try (RfbClient viewer = open(VncMode.VIEW, "binary").shakeHands()) {
        vncServer(real).destroyForcibly();

        assertThat(viewer.awaitClose()).isEqualTo(VncClose.DESKTOP_GONE.code());
      }
      Waiting.until(
          RealDesktop.PATIENCE,
          RealDesktop.POLL,
          () -> real.desktop.door().filter(door -> !door.equals(before)).isPresent());

      try (RfbClient viewer = open(VncMode.VIEW, "binary").shakeHands()) {
        assertThat(viewer.frame()).isPositive();
      }
      assertThat(real.desktop.display()).as("browsers keep their windows").isEqualTo(display);
    }
  }

  @Test
  void whatIsNoMessageOfAViewerEndsIt() throws Exception {
    try (RealDesktop real = RealDesktop.start(stateDir)) {
      listen(real.desktop::door, PATIENT);
      try (RfbClient viewer = open(VncMode.VIEW, "binary").shakeHands()) {
        viewer.send(new byte[] {(byte) 251, 0, 0, 0});
        assertThat(viewer.awaitClose()).isEqualTo(VncClose.BAD_MESSAGE.code());
      }
      try (RfbClient viewer = open(VncMode.CONTROL, "binary").shakeHands()) {
        viewer.sendText("hello");
        assertThat(viewer.awaitClose()).isEqualTo(VncClose.BAD_MESSAGE.code());
      }
    }
  }

  @Test
  void whoBringsNoTokenForThisIsRefusedBeforeTheUpgrade() throws Exception {
    listen(Optional::empty, PATIENT);
    Instant now = Instant.now();
    String view = VncMode.VIEW.target();
    String boot = TestSettings.BOOT;

    refused(401, view, null);
    refused(401, view, "rubbish");
    refused(401, view, new TestSigner().get(view, boot, now));
    refused(401, view, api.get(view, "boot-of-another-time", now));
    refused(
        401,
        view,
        api.get(view, boot, now.minus(RequestToken.LIFE).minus(RequestToken.SKEW).minusSeconds(9)));
    refused(401, view, api.post(view, "", now));
    refused(401, VncMode.CONTROL.target(), api.get(view, boot, now));
    String used = api.get(view, boot, now);
    refused(503, view, used);
    refused(401, view, used);
    refused(400, "/vnc", api.get("/vnc", boot, now));
    refused(400, "/vnc?mode=view&mode=control", null);
  }

  @Test
  void whatIsNoWebSocketIsToldSo() throws Exception {
    listen(Optional::empty, PATIENT);
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + VncMode.VIEW.target());
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      HttpResponse<String> get = http.send(request.build(), BodyHandlers.ofString());
      HttpResponse<String> delete = http.send(request.DELETE().build(), BodyHandlers.ofString());

      assertThat(get.statusCode()).isEqualTo(426);
      assertThat(get.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(delete.statusCode()).isEqualTo(405);
    }
  }

  /** Neither heap nor kernel takes what a viewer does not; at last the viewer is given up. */
  @Test
  void aViewerThatReadsNothingHoldsNothingUp() throws Exception {
    try (FloodingVncServer server = new FloodingVncServer()) {
      listen(
          () -> Optional.of(server.door()),
          new VncLimits(3, Duration.ofMillis(50), NEVER, Duration.ofSeconds(60), NEVER, NEVER));
      try (RfbClient viewer = open(VncMode.VIEW, "binary")) {
        viewer.read(12);
        viewer.send("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
        viewer.read(2);
        viewer.send(new byte[] {1});
        viewer.read(4);
        viewer.send(new byte[] {1});
        viewer.read(1);

        nanos.addAndGet(Duration.ofSeconds(60).toNanos());

        assertThat(server.sent().get(30, TimeUnit.SECONDS)).isLessThan(64L * 1024 * 1024);
      }
    }
  }

  @Test
  void limitsOfTimeAndNumberHold() throws Exception {
    try (RealDesktop real = RealDesktop.start(stateDir)) {
      listen(
          real.desktop::door,
          new VncLimits(
              2,
              Duration.ofMillis(50),
              Duration.ofSeconds(15),
              NEVER,
              Duration.ofMinutes(30),
              Duration.ofHours(12)));
      try (RfbClient control = open(VncMode.CONTROL, "binary").shakeHands();
          RfbClient view = open(VncMode.VIEW, "binary").shakeHands()) {
        refused(
            503,
            VncMode.VIEW.target(),
            api.get(VncMode.VIEW.target(), TestSettings.BOOT, Instant.now()));

        nanos.addAndGet(Duration.ofMinutes(30).toNanos());
        assertThat(control.awaitClose()).isEqualTo(VncClose.TIMEOUT.code());
        assertThat(view.frame()).isPositive();

        nanos.addAndGet(Duration.ofHours(12).toNanos());
        assertThat(view.awaitClose()).isEqualTo(VncClose.TIMEOUT.code());
      }
      try (RfbClient silent = open(VncMode.VIEW, "binary")) {
        silent.read(12); // its time has begun
        nanos.addAndGet(Duration.ofSeconds(15).toNanos());
        assertThat(silent.awaitClose()).isEqualTo(VncClose.TIMEOUT.code());
      }
    }
  }

  @Test
  void viewersAreToldThatTheAgentEnds() throws Exception {
    try (FloodingVncServer server = new FloodingVncServer()) {
      listen(() -> Optional.of(server.door()), PATIENT);
      try (RfbClient viewer = open(VncMode.VIEW, "binary")) {
        viewer.read(12);
        route.close();
        assertThat(viewer.awaitClose()).isEqualTo(VncClose.GOING_AWAY.code());
      }
    }
  }

  private void listen(Supplier<Optional<VncDoor>> doors, VncLimits limits) throws Exception {
    route =
        new VncRoute(
            vertx,
            doors,
            TestGuard.enrolled(api, Clock.systemUTC()),
            new ObjectMapper(),
            limits,
            nanos::get);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setHttp2ClearTextEnabled(false)
            .setWebSocketSubProtocols(List.of("binary"));
    port =
        await(vertx.createHttpServer(options).requestHandler(route::handle).listen()).actualPort();
  }

  private RfbClient open(VncMode mode, String... subprotocols) throws Exception {
    String token = api.get(mode.target(), TestSettings.BOOT, Instant.now());
    return RfbClient.open(uri(mode.target()), token, subprotocols);
  }

  private void refused(int status, String target, String token) {
    assertThatExceptionOfType(RfbClient.Refused.class)
        .isThrownBy(() -> RfbClient.open(uri(target), token, "binary").close())
        .matches(refused -> refused.status() == status, "is " + status)
        .matches(refused -> refused.contentType().equals("application/problem+json"));
  }

  private URI uri(String target) {
    return URI.create("ws://127.0.0.1:" + port + target);
  }

  private static ProcessHandle vncServer(RealDesktop real) {
    return real.programs("x11vnc").getFirst();
  }

  private static XPointer.Place pointer(Display display) throws IOException {
    return XPointer.of(display.name(), display.cookies());
  }

  private static void awaitPointer(Display display, int x, int y) {
    XPointer.Place wanted = new XPointer.Place(x, y);
    Waiting.until(
        RealDesktop.PATIENCE,
        RealDesktop.POLL,
        () -> {
          try {
            return pointer(display).equals(wanted);
          } catch (IOException e) {
            return false;
          }
        });
    assertThat(wanted).satisfies(place -> assertThat(pointer(display)).isEqualTo(place));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
