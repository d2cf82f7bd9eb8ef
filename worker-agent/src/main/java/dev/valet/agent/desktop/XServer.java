package dev.valet.agent.desktop;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Xvfb. It takes the first display number that nobody listens on, which the kernel decides: several
 * sandboxes on one machine do not get into each other's way, and no lock file can go stale.
 */
final class XServer implements Kept.Role {
  private static final String SCREEN = "1280x800x24";

  private final Programs programs;
  private final PrivateFolder folder;
  private final Consumer<Display> up;
  private final Consumer<String> down;
  private String number = "";

  XServer(Programs programs, PrivateFolder folder, Consumer<Display> up, Consumer<String> down) {
    this.programs = programs;
    this.folder = folder;
    this.up = up;
    this.down = down;
  }

  @Override
  public String name() {
    return "Xvfb";
  }

  @Override
  public Child start(Consumer<String> heard) throws IOException {
    List<String> command =
        List.of(
            String.valueOf(programs.xServer()),
            "-displayfd",
            "1",
            "-screen",
            "0",
            SCREEN,
            "-nolisten",
            "tcp",
            "-noreset",
            "-auth",
            folder.cookies().toString());
    return Child.start(programs.bound("TERM", command), Map.of("LC_ALL", "C"), heard);
  }

  @Override
  public boolean isReady(String line) {
    if (!line.matches("\\d{1,5}")) {
      return false;
    }
    number = line;
    return true;
  }

  @Override
  public void up() {
    up.accept(new Display(":" + number, folder.cookies()));
  }

  @Override
  public void down(String reason) {
    down.accept(reason);
  }
}
