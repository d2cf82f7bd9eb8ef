package dev.valet.agent.desktop;

import dev.valet.agent.platform.DesktopMode;
import dev.valet.agent.platform.PartsBoard;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.platform.time.Ticker;
import dev.valet.common.health.AgentHealth.Part;
import dev.valet.common.health.PartState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The desktop of this sandbox. Its programs are started and watched by one thread, which lives as
 * long as the process: the kernel ends them with the thread that started them.
 */
@Singleton
public final class Desktop {
  private static final Logger LOG = Logger.getLogger(Desktop.class);
  private static final int COOKIE_BYTES = 16;
  private static final int LOOK_EVERY_SECONDS = 10;
  private static final int LOOK_MILLIS = 2_000;
  private static final int MOST_MISSES = 3;
  private static final String GREETING = "RFB 003.008\n";

  private final DesktopMode mode;
  private final Programs programs;
  private final PrivateFolder folder;
  private final PartsBoard parts;
  private final SecureRandom random = new SecureRandom();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("valet-desktop").factory());
  private final Kept xServer;
  private final Kept vncServer;

  private volatile Part part = new Part(PartState.NOT_CONFIGURED, null);
  private volatile @Nullable Display display;
  private volatile @Nullable VncDoor door;
  private int misses;

  @Inject
  Desktop(Settings settings, PartsBoard parts, Ticker ticker) {
    this(settings, Programs.find(System.getenv("PATH")), parts, ticker);
  }

  Desktop(Settings settings, Programs programs, PartsBoard parts, Ticker ticker) {
    this.mode = settings.desktop();
    this.programs = programs;
    this.folder = new PrivateFolder(settings.stateDir().resolve("desktop"));
    this.parts = parts;
    this.xServer =
        new Kept(
            new XServer(programs, folder, this::displayIsUp, this::displayIsDown), thread, ticker);
    this.vncServer =
        new Kept(
            new VncServer(
                programs, folder, random, this::needDisplay, this::doorIsOpen, this::doorIsShut),
            thread,
            ticker);
  }

  /** Where programs can open windows now; empty while there is no desktop. */
  public Optional<Display> display() {
    return Optional.ofNullable(display);
  }

  /** Where the VNC server can be reached now; empty while it cannot. */
  Optional<VncDoor> door() {
    return Optional.ofNullable(door);
  }

  /** Starts it, if it is wanted and its programs are installed, and keeps it running. */
  public void start() {
    parts.desktop(() -> part);
    if (mode == DesktopMode.OFF) {
      return;
    }
    programs.missing().ifPresentOrElse(this::cannot, () -> thread.execute(this::open));
  }

  /** Ends it; what is left of it ends with this process. */
  public void stop() {
    thread.execute(() -> {
      vncServer.stop();
      xServer.stop();
      display = null;
      door = null;
      show(PartState.NOT_CONFIGURED, null);
    });
  }

  private void cannot(String why) {
    if (mode == DesktopMode.ON) {
      LOG.warn(why);
      show(PartState.FAILED, why);
    } else {
      show(PartState.NOT_CONFIGURED, why);
    }
  }

  private void open() {
    show(PartState.STARTING, null);
    try {
      Leftovers.end(folder);
      folder.prepare();
      byte[] cookie = new byte[COOKIE_BYTES];
      random.nextBytes(cookie);
      folder.writeCookie(cookie);
    } catch (IOException e) {
      show(PartState.FAILED, folder.path() + " cannot be written: " + e.getMessage());
      return;
    }
    xServer.start();
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void displayIsUp(Display up) {
    display = up;
    vncServer.start();
  }

  private void displayIsDown(String reason) {
    display = null;
    vncServer.stop();
    doorIsShut(reason);
  }

  private void doorIsOpen(VncDoor open) {
    door = open;
    misses = 0;
    show(PartState.READY, null);
  }

  private void doorIsShut(String reason) {
    door = null;
    show(PartState.FAILED, reason);
  }

  private Display needDisplay() {
    Display up = display;
    if (up == null) {
      throw new IllegalStateException("the VNC server is started only while there is a display");
    }
    return up;
  }

  private void show(PartState state, @Nullable String detail) {
    part = new Part(state, detail);
    parts.changed();
  }

  /** A VNC server that hangs still has its process and its port, but greets nobody. */
  private void look() {
    VncDoor open = door;
    if (open == null) {
      return;
    }
    misses = greets(open) ? 0 : misses + 1;
    if (misses >= MOST_MISSES) {
      misses = 0;
      vncServer.restart();
    }
  }

  private static boolean greets(VncDoor open) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), open.port()), LOOK_MILLIS);
      socket.setSoTimeout(LOOK_MILLIS);
      byte[] greeting = socket.getInputStream().readNBytes(GREETING.length());
      return GREETING.equals(new String(greeting, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return false;
    }
  }
}
