package dev.valet.agent.desktop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * x11vnc, on 127.0.0.1, with a password of its own for every start. What is copied in the sandbox
 * is not sent out: everybody who may watch would get it.
 */
final class VncServer implements Kept.Role {
  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_";

  /** VNC takes no more. */
  private static final int PASSWORD_LENGTH = 8;

  private final Programs programs;
  private final PrivateFolder folder;
  private final SecureRandom random;
  private final Supplier<Display> display;
  private final Consumer<VncDoor> up;
  private final Consumer<String> down;
  private VncDoor door = new VncDoor(0, "");

  VncServer(
      Programs programs,
      PrivateFolder folder,
      SecureRandom random,
      Supplier<Display> display,
      Consumer<VncDoor> up,
      Consumer<String> down) {
    this.programs = programs;
    this.folder = folder;
    this.random = random;
    this.display = display;
    this.up = up;
    this.down = down;
  }

  @Override
  public String name() {
    return "x11vnc";
  }

  @Override
  public Child start(Consumer<String> heard) throws IOException {
    door = new VncDoor(freePort(), password());
    List<String> command =
        List.of(
            String.valueOf(programs.vncServer()),
            "-norc",
            "-quiet",
            "-display",
            display.get().name(),
            "-auth",
            folder.cookies().toString(),
            "-localhost",
            "-no6",
            "-rfbport",
            Integer.toString(door.port()),
            "-passwdfile",
            "rm:" + folder.writePassword(door.password()),
            "-noshm", // shared memory outlives a program that is killed
            "-forever",
            "-shared",
            "-noremote",
            "-nocmds",
            "-noprimary",
            "-noclipboard",
            "-nodpms");
    Map<String, String> environment =
        Map.of("LC_ALL", "C", "HOME", folder.path().toString(), "PATH", "/usr/bin:/bin");
    // Asked to end while its display ends, too, it waits for itself for ever.
    return Child.start(programs.bound("KILL", command), environment, heard);
  }

  @Override
  public boolean isReady(String line) {
    return line.equals("PORT=" + door.port());
  }

  @Override
  public void up() {
    up.accept(door);
  }

  @Override
  public void down(String reason) {
    down.accept(reason);
  }

  private String password() {
    byte[] chosen = new byte[PASSWORD_LENGTH];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return new String(chosen, StandardCharsets.US_ASCII);
  }

  /** Another program may take it before x11vnc does, which then ends and is started again. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
